#pragma once

#include "report/export/append_file.h"
#include "report/export/masker.h"
#include "report/export/run_folder.h"
#include "report/export/worker_log.h"
#include "report/summary/run_aggregate.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace streamgauge::report {

/// Writes the rows of a run on a thread of its own: four times a second it takes what the workers' logs hold,
/// and every few seconds it renews timelines.jsonl, so that a killed run has some too. Trouble with the disk
/// is noted once and counted as rows lost.
class RunWriter {
  public:
    struct Run {
        const scenarios::Scenario& scenario;
        RunFolder folder;
        RunInfo info;
        Moment start;
    };

    /// Writes scenario.yaml and the first lines of the other files. `logs` outlive the writer. Throws
    /// RunFolderError.
    RunWriter(Run run, std::vector<WorkerLog*> logs);
    ~RunWriter();
    RunWriter(const RunWriter&) = delete;
    RunWriter& operator=(const RunWriter&) = delete;

    /// Asks for a turn before its time. Any thread; does not block.
    void hurry();
    /// Takes and writes what is left, and ends the thread. Call once, when nothing is added to the logs any
    /// more.
    void finish();

    /// Rows (of requests and of gaps) that are in no file. Any thread.
    std::uint64_t rows_lost() const;
    std::optional<std::string> trouble() const;
    /// All gaps between token events so far, the same as itl.jsonl gives. Only after finish().
    const RunAggregate& gaps() const { return gaps_; }

  private:
    void write_until_finished();
    void take_turn();
    void write_rows(const std::vector<RequestMetrics>& rows);
    void write_gaps(const GapTable& gaps);
    void write_timelines();
    void note(const std::string& trouble);

    Run run_;
    std::vector<WorkerLog*> logs_;
    RunNames names_;
    Masker masker_;
    AppendFile request_file_, gap_file_;
    RunAggregate gaps_;
    std::vector<std::shared_ptr<const StreamTimeline>> first_of_outcome_;
    std::atomic<std::uint64_t> rows_failed_{0};

    mutable std::mutex mutex_;  ///< guards what follows
    std::condition_variable wake_;
    bool finishing_ = false;
    std::optional<std::string> trouble_;

    std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace streamgauge::report
