#pragma once

#include "report/model/buffering_verdict.h"
#include "report/model/outcome.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::live {

using std::chrono::nanoseconds;

/// One value for each of the last whole seconds, the latest last; empty where a second had none.
using Series = std::vector<std::optional<double>>;

/// Most seconds that a series goes back.
inline constexpr std::size_t longest_series = 60;

/// How far a run has come.
enum class Stage : std::uint8_t {
    running,
    draining,  ///< all phases are over; what is open may end
    stopping,  ///< a signal or the scenario stopped it; what is open may end
    ending,    ///< what is open is ended at once
};

/// How a run stands at one moment: all that is shown of it while it goes on. `lately` is over the last ten
/// seconds, by the moment at which requests ended.
struct Snapshot {
    struct Phase {
        std::string name;
        nanoseconds duration{0};
        bool warmup = false;
    };
    struct Target {
        std::string name;
        std::uint64_t ended = 0, errors = 0;
        std::optional<nanoseconds> ttft_p95;  ///< lately
        report::BufferingVerdict buffering;   ///< so far, of the measured phases once there are any
    };
    /// Does this client distort what it measures? Lately, over all targets.
    struct Client {
        std::optional<nanoseconds> send_lag_p99;
        nanoseconds send_lag_limit{0};
        double uncertain_share = 0;  ///< of token times
        double busy_share = 0;       ///< of the workers' time
    };

    std::string scenario;
    std::vector<Phase> phases;
    std::uint32_t phase = 0;  ///< index into `phases`; their number once all are over
    Stage stage = Stage::running;
    nanoseconds elapsed{0};
    nanoseconds drain_left{0};  ///< while draining or stopping: what is open by then is ended
    std::string again;          ///< what to do a second time to end a run that stops: `Ctrl-C again`

    std::uint64_t streams_open = 0, requests_done = 0, errors = 0;
    std::optional<std::uint64_t> request_limit;  ///< of the scenario
    double requests_per_second = 0, tokens_per_second = 0;
    std::optional<nanoseconds> ttft_p50, ttft_p95;  ///< lately
    Series open_series, requests_series, tokens_series, errors_series;
    Series ttft_p50_series, ttft_p95_series;  ///< in nanoseconds
    std::array<std::uint64_t, report::outcome_count> outcomes{};
    std::vector<Target> targets;
    Client client;
    std::string trouble;  ///< one sentence, such as a disk that is full; empty without any
};

}  // namespace streamgauge::live
