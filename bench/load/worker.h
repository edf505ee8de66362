#pragma once

#include "bench/load/shared_run.h"
#include "report/model/client_health.h"
#include "report/model/timeline_sink.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace streamgauge::load {

/// One thread of load: an io_context, its connections and its share of the schedule.
class Worker {
  public:
    /// `on_token_limit` is called, on this worker's thread, when the run has used up its output tokens.
    Worker(SharedRun& run, unsigned index, report::TimelineSink& sink, std::function<void()> on_token_limit);
    ~Worker();

    /// Works through the schedule and the drain on the calling thread. Rethrows what went wrong inside.
    void run();

    /// Starts no more requests; what is open may end. Any thread.
    void stop();
    /// Ends what is open now, as `aborted` or (by the scenario's limits) `cancelled`. Any thread.
    void abort(report::Outcome outcome);

    std::uint64_t token_events() const;
    /// After run() has returned.
    const report::ClientHealth& health() const;

  private:
    struct State;
    struct ActiveRequest;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::load
