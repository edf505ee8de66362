#pragma once

#include "scenarios/scenario.h"

#include <chrono>
#include <cstdint>

/// The users of a closed-loop phase. User `index` (from 0) is at work while the ramp stands above `index`: a
/// ramp from 0 to 10 over 10 s starts user 0 at 0 s and user 9 at 9 s; a ramp from 10 to 0 stops user 9 at 1
/// s and user 0 at 10 s. All times count from the phase's start.
namespace streamgauge::load {

/// How many users work at some time in the phase: they are numbered 0..user_count() - 1.
std::uint64_t user_count(const scenarios::ClosedLoop& shape, std::chrono::nanoseconds duration);

/// When the user makes the first request; `duration` if the ramp never reaches the user.
std::chrono::nanoseconds user_starts_at(const scenarios::ClosedLoop& shape, std::chrono::nanoseconds duration,
                                        std::uint64_t index);

/// From when on the user makes no more requests; at most `duration`. What is then in flight goes on to its
/// end.
std::chrono::nanoseconds user_stops_at(const scenarios::ClosedLoop& shape, std::chrono::nanoseconds duration,
                                       std::uint64_t index);

}  // namespace streamgauge::load
