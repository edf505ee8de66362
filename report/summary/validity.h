#pragma once

#include "report/model/client_health.h"
#include "report/summary/summary.h"

#include <chrono>
#include <optional>

namespace streamgauge::report {

/// From here on a late client makes the figures invalid, or (a busy one) gives cause to warn.
inline constexpr double uncertain_tokens_limit = 0.01;  ///< of token times
inline constexpr double busy_workers_limit = 0.9;       ///< of their time

/// Most that the p99 of the send lag may be: 10 ms, or 5 % of the median TTFT where that is less.
std::chrono::nanoseconds send_lag_limit(std::optional<std::chrono::nanoseconds> median_ttft);

/// Could the client keep up? Invalid when, over the measured phases of any target: the send lag has a p99 of
/// more than 10 ms or of more than 5 % of the median TTFT; more than 1 % of token times are client-uncertain;
/// less than 99 % of the due requests were started, for reasons on our side; or, over the run: a clock step
/// could not be mapped out, or rows were lost. The lag of the receiving side is a warning only, because
/// kernel stamps carry the truth through it. Every check is given with its figure, and with a remedy when it
/// is not ok. `summary` has its groups.
Validity judge_validity(const ClientHealth& health, const Summary& summary);

}  // namespace streamgauge::report
