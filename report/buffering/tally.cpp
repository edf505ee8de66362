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

/// Two streams or more that are a fifth of `all` are more than stragglers.
bool is_enough(std::uint64_t streams, std::uint64_t all) {
    return streams >= 2 && static_cast<double>(streams) >= buffered_share * static_cast<double>(all);
}

/// Does one timer explain streams whose bursts are too short to judge one by one? A server that makes several
/// tokens in one step shows its step too, so the period has to be one that holds tokens for long, and has to
/// stay while the pace of the tokens changes.
bool shows_timer(const SharedRule& rule) {
    constexpr auto least_period = 90ms;
    constexpr std::size_t least_streams = 3;
    constexpr double least_pace_ratio = 1.25;
    return rule.choice.kind == BufferingKind::timer && rule.timer.parameter >= least_period &&
           rule.timer.explained >= least_streams && 2 * rule.timer.explained > rule.streams &&
           rule.pace_ratio >= least_pace_ratio;
}

}  // namespace

void BufferingTally::add(const BufferingVerdict& verdict) {
    ++counts_[static_cast<std::size_t>(verdict.kind)];
    if (verdict.kind == BufferingKind::block && verdict.rhythm) ++whole_event_blocks_;
    if (verdict.block_bytes) ++blocks_[shorten(*verdict.block_bytes)];
    if (const auto rhythm = rhythm_of(verdict)) rhythms_.add(*rhythm);
    if (verdict.is_buffered() && verdict.estimated_hold) holds_.record(*verdict.estimated_hold);
}

void BufferingTally::merge(const BufferingTally& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i)
        counts_[i] += other.counts_[i];
    for (const auto& [value, count] : other.blocks_)
        blocks_[value] += count;
    whole_event_blocks_ += other.whole_event_blocks_;
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

/// Streams that come in regular bursts, whatever releases them.
std::uint64_t BufferingTally::regular() const {
    using enum BufferingKind;
    auto sum = whole_event_blocks_;
    for (const auto kind : {timer, token_window, timer_or_window, block_or_window})
        sum += count(kind);
    return sum;
}

/// timer_or_window stands for all kinds of regular bursts here, of which `in_bursts` streams were seen.
BufferingKind BufferingTally::leading_kind(std::uint64_t in_bursts, const SharedRule& rule) const {
    using enum BufferingKind;
    auto leader = count(compression) > count(full) ? compression : full;
    if (count(not_streamed) > count(leader)) leader = not_streamed;
    const auto cut = count(block) - whole_event_blocks_, in_parts = cut + in_bursts;
    const bool timed = rule.choice.kind == timer && is_enough(in_bursts, in_parts);
    const auto parts = cut >= in_bursts && !timed ? block : timer_or_window;
    if (std::max(cut, in_bursts) > count(leader)) return parts;
    return leader == full && is_enough(in_parts, in_parts + count(full)) ? parts : leader;
}

void BufferingTally::name_block(BufferingVerdict& verdict) const {
    if (blocks_.empty()) return;
    verdict.block_bytes = quantile(blocks_, 0.5);
    verdict.evidence += fmt::format(", {} bytes at a time", *verdict.block_bytes);
}

void BufferingTally::name_rule(const SharedRule& rule, BufferingVerdict& verdict) const {
    using enum BufferingKind;
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
    const auto cut = count(block) - whole_event_blocks_;
    if (kind == timer && is_enough(cut, cut + regular())) name_block(verdict);
}

void BufferingTally::name_passed(std::uint64_t passed, BufferingVerdict& verdict) const {
    verdict.kind = count(BufferingKind::none) >= count(BufferingKind::instant) ? BufferingKind::none
                                                                               : BufferingKind::instant;
    verdict.confidence = static_cast<double>(passed) / static_cast<double>(decidable());
    verdict.evidence = fmt::format("{} of {} streams: tokens arrive as they are made", passed, decidable());
}

BufferingVerdict BufferingTally::pooled() const {
    BufferingVerdict verdict;
    const auto rule = find_shared_rule(rhythms_.rhythms());
    const auto hidden = shows_timer(rule) ? count(BufferingKind::unclear) : 0;
    const auto decided = decidable() + hidden;
    if (decided == 0) {
        if (count(BufferingKind::unclear) > 0) verdict.kind = BufferingKind::unclear;
        verdict.evidence = fmt::format("{} of {} streams could not be decided", streams(), streams());
        return verdict;
    }
    const auto passed = count(BufferingKind::none) + count(BufferingKind::instant);
    const auto buffered = decided - passed;
    const double share = static_cast<double>(buffered) / static_cast<double>(decided);
    if (share < buffered_share) {
        name_passed(passed, verdict);
    } else {
        verdict.kind = leading_kind(regular() + hidden, rule);
        verdict.confidence = share;
        verdict.evidence = fmt::format("{} of {} streams were held back", buffered, decided);
        if (!holds_.empty()) verdict.estimated_hold = holds_.quantile(0.5);
        if (verdict.kind == BufferingKind::block) name_block(verdict);
        if (verdict.kind == BufferingKind::timer_or_window) name_rule(rule, verdict);
        if (!verdict.estimated_hold) verdict.estimated_hold = verdict.timer_period;
        if (hidden > 0)
            verdict.evidence += "; a server that makes its tokens in such steps would look the same";
        if (verdict.estimated_hold) verdict.severity = severity_of(*verdict.estimated_hold);
    }
    if (const auto undecided = streams() - decided; undecided > 0)
        verdict.evidence += fmt::format("; {} could not be decided", undecided);
    return verdict;
}

}  // namespace streamgauge::report
