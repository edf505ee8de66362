#include "report/buffering/tally.h"

#include "report/buffering/release_rule.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <initializer_list>
#include <iterator>

namespace streamgauge::report {
namespace {

using scenarios::format_duration;
using namespace std::chrono_literals;

constexpr double buffered_share = 0.2;

std::uint64_t shorten(std::uint64_t value) {
    if (value < 64) return value;
    const auto unit = std::uint64_t{1} << (std::bit_width(value) - 6);
    return (value + unit / 2) / unit * unit;
}

std::uint64_t total(const std::map<std::uint64_t, std::uint64_t>& counts) {
    std::uint64_t sum = 0;
    for (const auto& [value, count] : counts)
        sum += count;
    return sum;
}

std::uint64_t quantile(const std::map<std::uint64_t, std::uint64_t>& counts, double at) {
    const auto rank = static_cast<std::uint64_t>(at * static_cast<double>(total(counts) - 1));
    std::uint64_t seen = 0;
    for (const auto& [value, count] : counts) {
        seen += count;
        if (seen > rank) return value;
    }
    return counts.rbegin()->first;
}

/// The rhythm of a stream of which only the verdict is known: as if three bursts had shown it.
std::optional<BurstRhythm> rhythm_of(const BufferingVerdict& verdict) {
    if (verdict.rhythm) return verdict.rhythm;
    if (!verdict.timer_period && !verdict.window_tokens) return std::nullopt;
    BurstRhythm rhythm{.bursts = 3};
    rhythm.gap = verdict.timer_period.value_or(0ns);
    rhythm.tokens = verdict.window_tokens.value_or(0);
    const std::uint64_t tokens = rhythm.tokens > 0 ? rhythm.tokens : 20;
    rhythm.slack = rhythm.gap / static_cast<std::int64_t>(tokens);
    const double shown = 2 * confinement_bits(1 / static_cast<double>(tokens));
    const double refuted = 3 * refuted_bits();
    rhythm.timer_bits = verdict.timer_period ? shown : refuted;
    rhythm.window_bits = verdict.window_tokens ? shown : refuted;
    rhythm.size_bits = refuted;
    return rhythm;
}

std::string describe(const SharedRule& rule) {
    if (rule.cut_short_by_size) {
        return fmt::format("a timer of {} explains {} of {} streams, {} waiting bytes explain {}",
                           format_duration(rule.timer.parameter), rule.timer.explained, rule.streams,
                           rule.size.parameter, rule.size.explained);
    }
    return fmt::format("one timer of {} explains {} of {} streams, one window of {} tokens {}",
                       format_duration(rule.timer.parameter), rule.timer.explained, rule.streams,
                       rule.window.parameter, rule.window.explained);
}

}  // namespace

void BufferingTally::add(const BufferingVerdict& verdict) {
    ++counts_[static_cast<std::size_t>(verdict.kind)];
    if (verdict.block_bytes) ++blocks_[shorten(*verdict.block_bytes)];
    if (const auto rhythm = rhythm_of(verdict)) rhythms_.add(*rhythm);
    if (verdict.is_buffered() && verdict.estimated_hold) holds_.record(*verdict.estimated_hold);
}

void BufferingTally::merge(const BufferingTally& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i)
        counts_[i] += other.counts_[i];
    for (const auto& [value, count] : other.blocks_)
        blocks_[value] += count;
    rhythms_.merge(other.rhythms_);
    holds_.merge(other.holds_);
}

std::uint64_t BufferingTally::streams() const {
    std::uint64_t sum = 0;
    for (const auto count : counts_)
        sum += count;
    return sum;
}

std::uint64_t BufferingTally::decidable() const {
    return streams() - count(BufferingKind::insufficient) - count(BufferingKind::unclear);
}

/// timer_or_window stands for all kinds of regular bursts here.
BufferingKind BufferingTally::leading_kind() const {
    using enum BufferingKind;
    auto leader = full;
    for (const auto kind : {block, compression, not_streamed}) {
        if (count(kind) > count(leader)) leader = kind;
    }
    std::uint64_t regular = 0;
    for (const auto kind : {timer, token_window, timer_or_window, block_or_window})
        regular += count(kind);
    return regular > count(leader) ? timer_or_window : leader;
}

void BufferingTally::name_rule(BufferingVerdict& verdict) const {
    using enum BufferingKind;
    const auto rule = find_shared_rule(rhythms_.rhythms());
    if (rule.streams == 0) return;
    verdict.evidence += "; " + describe(rule);
    verdict.kind = rule.choice.kind == unclear ? timer_or_window : rule.choice.kind;
    verdict.confidence *= rule.choice.confidence;
    const auto kind = verdict.kind;
    if (kind == timer || kind == timer_or_window) verdict.timer_period = rule.timer.parameter;
    if (kind == token_window || kind == timer_or_window || kind == block_or_window)
        verdict.window_tokens = rule.window.parameter;
    if (kind == block || kind == block_or_window || rule.cut_short_by_size)
        verdict.block_bytes = rule.size.parameter;
    if (verdict.timer_period <= 0ns) verdict.timer_period.reset();
    if (verdict.window_tokens == 0u) verdict.window_tokens.reset();
}

void BufferingTally::name_passed(std::uint64_t passed, BufferingVerdict& verdict) const {
    verdict.kind = count(BufferingKind::none) >= count(BufferingKind::instant) ? BufferingKind::none
                                                                               : BufferingKind::instant;
    verdict.confidence = static_cast<double>(passed) / static_cast<double>(decidable());
    verdict.evidence = fmt::format("{} of {} streams: tokens arrive as they are made", passed, decidable());
}

BufferingVerdict BufferingTally::pooled() const {
    BufferingVerdict verdict;
    if (decidable() == 0) {
        if (count(BufferingKind::unclear) > 0) verdict.kind = BufferingKind::unclear;
        verdict.evidence = fmt::format("{} of {} streams could not be decided", streams(), streams());
        return verdict;
    }
    const auto passed = count(BufferingKind::none) + count(BufferingKind::instant);
    const auto buffered = decidable() - passed;
    const double share = static_cast<double>(buffered) / static_cast<double>(decidable());
    if (share < buffered_share) {
        name_passed(passed, verdict);
    } else {
        verdict.kind = leading_kind();
        verdict.confidence = share;
        verdict.evidence = fmt::format("{} of {} streams were held back", buffered, decidable());
        if (!holds_.empty()) verdict.estimated_hold = holds_.quantile(0.5);
        if (verdict.estimated_hold) verdict.severity = severity_of(*verdict.estimated_hold);
        if (verdict.kind == BufferingKind::block && !blocks_.empty()) {
            verdict.block_bytes = quantile(blocks_, 0.5);
            verdict.evidence += fmt::format(", {} bytes at a time", *verdict.block_bytes);
        }
        if (verdict.kind == BufferingKind::timer_or_window) name_rule(verdict);
    }
    if (const auto undecided = streams() - decidable(); undecided > 0)
        verdict.evidence += fmt::format("; {} could not be decided", undecided);
    return verdict;
}

}  // namespace streamgauge::report
