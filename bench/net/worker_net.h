#pragma once

#include "bench/net/connection_ledger.h"
#include "bench/net/core_wait.h"
#include "bench/net/idle_watch.h"
#include "bench/net/readiness_set.h"
#include "bench/net/watchdog.h"
#include "bench/net/worker_clock.h"
#include "report/model/client_health.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace streamgauge::net {

/// Maps the clock anew as soon as it is set, so that no more than the reads of one turn see the old mapping.
class ClockStepHandler final : public ReadinessHandler {
  public:
    explicit ClockStepHandler(WorkerClock& clock) : clock_{clock} {}
    void on_ready(std::uint32_t) override { clock_.refresh(); }

  private:
    WorkerClock& clock_;
};

/// What all connections of one worker share. One thread only, but for the counters.
struct WorkerNet {
    explicit WorkerNet(boost::asio::io_context& context) : sockets{context, idle} {
        if (clock.step_watch() >= 0) sockets.add(clock.step_watch(), clock_steps);
    }

    IdleWatch idle;
    std::optional<CoreWait> core_wait;  ///< set by the worker's own thread
    ReadinessSet sockets;
    WorkerClock clock;
    ClockStepHandler clock_steps{clock};
    Watchdog watchdog;
    report::ClientHealth health;
    /// One read of a socket goes here and is decoded before the next; so is what TLS makes of it.
    std::vector<char> read_buffer = std::vector<char>(std::size_t{256} << 10);
    std::vector<char> plain_buffer = std::vector<char>(std::size_t{16} << 10);
    std::atomic<std::uint64_t> token_events{0};  ///< written by this worker only
    std::shared_ptr<ConnectionLedger> ledger = std::make_shared<ConnectionLedger>();  ///< of all workers
};

}  // namespace streamgauge::net
