#pragma once

#include <chrono>

namespace streamgauge::report {

/// A point on the run's monotonic clock. libstdc++'s steady_clock counts nanoseconds of CLOCK_MONOTONIC,
/// which all processes of one machine share.
using Moment = std::chrono::steady_clock::time_point;
static_assert(std::is_same_v<Moment::duration, std::chrono::nanoseconds>);

}  // namespace streamgauge::report
