#include "report/buffering/rule_choice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace streamgauge::report {
namespace {

/// What a rule must gain over no rule to be named at all, where there are bursts enough to fail it.
constexpr double least_bits = 3;
constexpr std::uint64_t enough_to_fail = 3;

}  // namespace

bool may_be_buffer(std::uint64_t bytes, std::uint64_t event_bytes) {
    // Payload of a TCP segment on Ethernet, with and without the time stamp option (RFC 7323).
    constexpr std::array<std::uint64_t, 2> segments{1448, 1460};
    const auto above = bytes - std::min(bytes, event_bytes);
    const auto fits = [&](std::uint64_t size) { return size > above && size <= bytes; };
    if (std::ranges::any_of(segments, fits)) return true;
    for (std::uint64_t size = 512; size <= (1u << 20); size *= 2) {
        if (fits(size)) return true;
    }
    return false;
}

RuleBits rule_bits_of(const BurstRhythm& rhythm) {
    const double doubt = may_be_buffer(rhythm.bytes, rhythm.slack_bytes) ? 0 : unusual_size_bits;
    return {rhythm.timer_bits, rhythm.window_bits, rhythm.size_bits + doubt};
}

double confidence_of(double margin) {
    return std::min(0.99, 1 - std::exp2(-margin / 3));
}

RuleChoice choose_rule(const RuleBits& bits, std::uint64_t bursts) {
    std::array sorted{bits.timer, bits.window, bits.size};
    std::ranges::sort(sorted, std::greater<>{});
    const double best = sorted[0];
    if (bursts < enough_to_fail && best < decisive_bits) return {BufferingKind::timer_or_window, 0.5};
    if (best < least_bits) return {BufferingKind::unclear, 0.5};
    const auto remains = [&](double rule) { return rule > best - decisive_bits; };
    const bool timer = remains(bits.timer), window = remains(bits.window), size = remains(bits.size);
    if (timer && (window || size)) return {BufferingKind::timer_or_window, confidence_of(best - sorted[2])};
    if (window && size) return {BufferingKind::block_or_window, confidence_of(best - bits.timer)};
    const auto kind = timer    ? BufferingKind::timer
                      : window ? BufferingKind::token_window
                               : BufferingKind::block;
    return {kind, confidence_of(best - sorted[1])};
}

}  // namespace streamgauge::report
