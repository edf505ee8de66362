#pragma once

#include "report/summary/request_metrics.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace streamgauge::report {

/// The durations a run is summed up in. `itl` comes gap by gap, the others one a request.
enum class Metric : std::uint8_t {
    ttft,
    ttft_sent,
    ttfa,
    ttfb,
    headers,
    itl,
    tpot,
    e2e,
    max_gap,
    schedule_lag,
    resolve,
    connect,
    tls,
    hold,            ///< p95 within each stream, from server stamps
    hold_estimated,  ///< p95 within each stream, from one client's view
};

inline constexpr std::size_t metric_count = 15;

inline constexpr std::array<std::string_view, metric_count> metric_names{
    "ttft",    "ttft_sent",    "ttfa",    "ttfb",    "headers", "itl",  "tpot",          "e2e",
    "max_gap", "schedule_lag", "resolve", "connect", "tls",     "hold", "hold_estimated"};

constexpr std::string_view to_string(Metric metric) {
    return metric_names[static_cast<std::size_t>(metric)];
}

/// True for the outcomes in which this client ran out of patience, so that what it waited for is
/// right-censored.
bool is_timeout(Outcome outcome);

/// What one request contributes to a metric.
struct Sample {
    enum class Kind : std::uint8_t {
        none,      ///< nothing: the request does not count here
        measured,  ///< `value`
        censored,  ///< the request was cut after `value`, before the moment came
    };
    Kind kind = Kind::none;
    std::chrono::nanoseconds value{0};
};

/// Who counts where, so that only survivors is never who is counted:
/// - ttft, ttft_sent, ttfa: every stream that came so far, whatever its outcome; a timeout before is
/// censored;
/// - ttfb, headers: the same, but responses that are errors from the start count nowhere;
/// - tpot: completed streams, the only ones whose number of tokens is known to the end;
/// - e2e: completed streams; timeouts are censored, wherever they struck;
/// - max_gap and hold: every stream with tokens;
/// - schedule_lag, resolve, connect, tls: every request that went through it.
Sample sample_of(Metric metric, const RequestMetrics& request);

}  // namespace streamgauge::report
