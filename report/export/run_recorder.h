#pragma once

#include "report/export/request_observer.h"
#include "report/export/run_comparer.h"
#include "report/export/run_folder.h"
#include "report/model/client_health.h"
#include "report/model/timeline_sink.h"
#include "report/summary/summary.h"
#include "scenarios/scenario.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace streamgauge::report {

/// Turns the finished timelines of a run into its folder while it goes on, and into its summary at the end.
/// Each worker has a sink of its own; one writer thread takes what they have gathered twice a second, so that
/// a run that is killed loses no more than that. A worker never waits for the disk: what it cannot hand over
/// is dropped, counted, and makes the run invalid.
class RunRecorder {
  public:
    /// `scenario` outlives the recorder. `run_start` and `start_unix_ns` are the same moment on the run's
    /// clock and on the wall clock. Writes scenario.yaml and the heads of the row files at once. Throws
    /// RunFolderError.
    RunRecorder(const scenarios::Scenario& scenario, RunFolder folder, RunInfo info, unsigned workers,
                Moment run_start, std::int64_t start_unix_ns);
    ~RunRecorder();
    RunRecorder(const RunRecorder&) = delete;
    RunRecorder& operator=(const RunRecorder&) = delete;

    /// The sink of worker 0, 1, ...; it lives as long as the recorder.
    TimelineSink& sink(unsigned worker);

    /// Tells `observer`, which outlives the run, of the requests of one worker. Before the run starts.
    void observe(unsigned worker, RequestObserver& observer);

    /// How the run stands. Any thread.
    struct Live {
        std::uint64_t requests = 0, errors = 0;
        std::uint64_t rows_lost = 0;
        std::optional<std::string> trouble;  ///< one sentence when the disk takes no more
    };
    Live live() const;

    /// Ends the run: call once, when no worker hands over anything more. `signal` is the one that ended the
    /// run, or 0; `aborted` says which condition of the scenario ended it. `baseline`: what the run is
    /// compared with, if anything. Writes all files but the page; trouble with the disk shows in the
    /// summary's validity.
    Summary finish(const ClientHealth& health, std::chrono::nanoseconds duration, int signal,
                   std::optional<RunInfo::Abort> aborted = std::nullopt,
                   const RunComparer* baseline = nullptr);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::report
