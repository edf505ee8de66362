#pragma once

#include "report/buffering/rule_choice.h"
#include "report/model/buffering_verdict.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace streamgauge::report {

/// One rule of release that is to explain many streams with one parameter, and how many of them it does.
template <typename Parameter>
struct SharedFit {
    Parameter parameter{};
    double bits = 0;
    std::size_t explained = 0;  ///< streams that fit this parameter better than no rule
};

/// What a path is set to stays the same from stream to stream while speed and size of the events change: a
/// constant gap is a timer, a constant count a window, constant bytes a buffer.
struct SharedRule {
    RuleChoice choice;
    std::size_t streams = 0;
    SharedFit<std::chrono::nanoseconds> timer;
    SharedFit<std::uint64_t> window, size;
    /// Slowest over fastest mean time between tokens among the streams that fit the timer.
    double pace_ratio = 1;
    /// A timer that a size cuts short: whichever comes first. Then `choice` is the timer.
    bool cut_short_by_size = false;
};

/// Compares the rules over `rhythms`. A stream with more than 8 bursts counts as one with 8, so that a few
/// long ones do not outvote the others.
SharedRule find_shared_rule(std::span<const BurstRhythm> rhythms);

}  // namespace streamgauge::report
