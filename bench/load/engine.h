#pragma once

#include "report/model/client_health.h"
#include "report/model/timeline_sink.h"
#include "scenarios/scenario.h"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace streamgauge::load {

struct EngineOptions {
    unsigned workers = 1;  ///< threads, each with its own io_context; one sink for each
    report::Moment
        start{};  ///< when the first phase begins; a little in the future, so that workers are ready
    std::chrono::nanoseconds nap{0};  ///< test hook: the worker sleeps this long before each poll
};

/// Counters for a progress line; read from any thread while the run goes on.
struct Progress {
    std::uint64_t streams_open = 0;
    std::uint64_t requests_started = 0;
    std::uint64_t requests_done = 0;
    std::uint64_t errors = 0;
    std::uint64_t token_events = 0;
    std::uint32_t phase = 0;  ///< index into Scenario::load; its size while draining
    bool draining = false;
};

struct EngineResult {
    report::ClientHealth health;           ///< merged over the workers
    std::chrono::nanoseconds duration{0};  ///< from start to the end of the last request
};

/// Runs a scenario: opens the streams, stamps what arrives and hands each finished timeline to the sink of
/// its worker.
class Engine {
  public:
    /// `sinks` has one element per worker and outlives the engine, as does `scenario`. Throws
    /// std::runtime_error at start-up when a CA file or a prompt file cannot be used.
    Engine(const scenarios::Scenario& scenario, EngineOptions options,
           std::vector<report::TimelineSink*> sinks);
    ~Engine();

    /// Moves the start, once everything that takes time before it is ready. Call before run().
    void start_at(report::Moment start);

    /// Blocks until every phase and the drain are over.
    EngineResult run();

    /// Starts no more requests and drains what is open. Any thread; call once or often.
    void stop();
    /// Ends everything now; what is open becomes `aborted`. Any thread.
    void abort();

    Progress progress() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::load
