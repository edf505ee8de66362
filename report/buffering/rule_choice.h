#pragma once

#include "report/model/buffering_verdict.h"

#include <cstdint>

namespace streamgauge::report {

/// How well each rule of release explains some bursts, in bits above no rule.
struct RuleBits {
    double timer = 0, window = 0, size = 0;
};

/// A rule must explain the bursts this much better than another for the other to be dismissed: 7 bits are
/// odds of 128 to 1.
inline constexpr double decisive_bits = 7;

/// Odds of 1000 to 1 against a buffer of a size that no buffer usually has.
inline constexpr double unusual_size_bits = -10;

/// The bits of one stream's bursts. A size that decides while events stay whole shows itself only by its
/// value: what is no buffer's usual size (a power of two, a TCP segment) is unlikely to be one.
RuleBits rule_bits_of(const BurstRhythm& rhythm);

/// True when a buffer of a usual size may have held `bytes` in whole events of `event_bytes`.
bool may_be_buffer(std::uint64_t bytes, std::uint64_t event_bytes);

struct RuleChoice {
    BufferingKind kind = BufferingKind::unclear;
    double confidence = 0.5;
};

/// Of a rule that explains some bursts by `margin` bits better than the next.
double confidence_of(double margin);

/// The best rule when the others can be dismissed, else the two that remain; `unclear` when three bursts or
/// more answer to no rule. A timer, a window and a size that all remain are `timer_or_window`.
RuleChoice choose_rule(const RuleBits& bits, std::uint64_t bursts);

}  // namespace streamgauge::report
