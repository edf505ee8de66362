#include "report/buffering/tally.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <initializer_list>
#include <iterator>

namespace streamgauge::report {
namespace {

constexpr double buffered_share = 0.2;
constexpr std::uint64_t enough_to_pool = 5;

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

/// "4096 bytes at a time", "every 200ms", or nothing for kinds without a parameter.
std::string describe(const BufferingVerdict& verdict) {
    std::string words;
    if (verdict.block_bytes) words += fmt::format(", {} bytes at a time", *verdict.block_bytes);
    if (verdict.window_tokens) words += fmt::format(", {} tokens at a time", *verdict.window_tokens);
    if (verdict.timer_period) {
        words += fmt::format(", every {}", scenarios::format_duration(*verdict.timer_period));
    }
    return words;
}

}  // namespace

void BufferingTally::add(const BufferingVerdict& verdict) {
    ++counts_[static_cast<std::size_t>(verdict.kind)];
    if (verdict.block_bytes) ++blocks_[shorten(*verdict.block_bytes)];
    if (verdict.window_tokens) ++windows_[shorten(*verdict.window_tokens)];
    if (verdict.timer_period) periods_.record(*verdict.timer_period);
    if (verdict.is_buffered() && verdict.estimated_hold) holds_.record(*verdict.estimated_hold);
}

void BufferingTally::merge(const BufferingTally& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i)
        counts_[i] += other.counts_[i];
    for (const auto& [value, count] : other.blocks_)
        blocks_[value] += count;
    for (const auto& [value, count] : other.windows_)
        windows_[value] += count;
    periods_.merge(other.periods_);
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

BufferingKind BufferingTally::leading_kind() const {
    constexpr std::array regular{BufferingKind::timer, BufferingKind::token_window,
                                 BufferingKind::timer_or_window};
    std::uint64_t regular_streams = 0;
    for (const auto kind : regular)
        regular_streams += count(kind);
    auto leader = BufferingKind::full;
    for (const auto kind : {BufferingKind::block, BufferingKind::compression}) {
        if (count(kind) > count(leader)) leader = kind;
    }
    if (regular_streams <= count(leader)) return leader;

    // Streams of different speed: what stays the same from stream to stream is what the path is set to.
    if (periods_.count() >= enough_to_pool && total(windows_) >= enough_to_pool) {
        const auto spread_of_periods =
            static_cast<double>(periods_.quantile(0.9).count()) /
            static_cast<double>(std::max<std::int64_t>(1, periods_.quantile(0.1).count()));
        const auto spread_of_windows =
            static_cast<double>(quantile(windows_, 0.9)) /
            static_cast<double>(std::max<std::uint64_t>(1, quantile(windows_, 0.1)));
        if (spread_of_periods < 1.15 && spread_of_windows > 1.3) return BufferingKind::timer;
        if (spread_of_windows < 1.05 && spread_of_periods > 1.3) return BufferingKind::token_window;
    }
    const auto timers = count(BufferingKind::timer), windows = count(BufferingKind::token_window);
    if (timers > 4 * windows && timers * 2 >= regular_streams) return BufferingKind::timer;
    if (windows > 4 * timers && windows * 2 >= regular_streams) return BufferingKind::token_window;
    return BufferingKind::timer_or_window;
}

BufferingVerdict BufferingTally::pooled() const {
    BufferingVerdict verdict;
    const auto passed = count(BufferingKind::none) + count(BufferingKind::instant);
    const auto buffered = decidable() - passed;
    if (decidable() == 0) {
        if (count(BufferingKind::unclear) > 0) verdict.kind = BufferingKind::unclear;
        verdict.evidence = fmt::format("{} of {} streams could not be decided", streams(), streams());
        return verdict;
    }
    const double share = static_cast<double>(buffered) / static_cast<double>(decidable());
    const auto undecided = streams() - decidable();
    const auto rest = undecided == 0 ? "" : fmt::format("; {} could not be decided", undecided);
    if (share < buffered_share) {
        verdict.kind = count(BufferingKind::none) >= count(BufferingKind::instant) ? BufferingKind::none
                                                                                   : BufferingKind::instant;
        verdict.confidence = 1 - share;
        verdict.evidence =
            fmt::format("{} of {} streams: tokens arrive as they are made{}", passed, decidable(), rest);
        return verdict;
    }
    verdict.kind = leading_kind();
    verdict.confidence = share;
    if (verdict.kind == BufferingKind::block && !blocks_.empty())
        verdict.block_bytes = quantile(blocks_, 0.5);
    const bool either = verdict.kind == BufferingKind::timer_or_window;
    if ((either || verdict.kind == BufferingKind::token_window) && !windows_.empty()) {
        verdict.window_tokens = quantile(windows_, 0.5);
    }
    if ((either || verdict.kind == BufferingKind::timer) && !periods_.empty()) {
        verdict.timer_period = periods_.quantile(0.5);
    }
    if (!holds_.empty()) verdict.estimated_hold = holds_.quantile(0.5);
    verdict.evidence =
        fmt::format("{} of {} streams were held back{}{}", buffered, decidable(), describe(verdict), rest);
    return verdict;
}

}  // namespace streamgauge::report
