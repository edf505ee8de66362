#include "report/buffering/detector.h"

#include "report/buffering/bursts.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace streamgauge::report {
namespace {

using scenarios::format_duration;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr std::size_t least_events = 6;
constexpr double all_at_once_share = 0.9;
constexpr auto early = 150ms;
/// Several tokens every 50 ms may be speculative decoding as well as a short flush: one stream cannot tell,
/// so no alarm is raised for a shorter hold.
constexpr auto least_hold_of_groups = 90ms;
/// Blocks that hold tokens for less are no harm.
constexpr auto least_hold_of_blocks = 30ms;

nanoseconds median_gap(const BurstSignals& signals) {
    return nanoseconds(static_cast<std::int64_t>(signals.gap_ns.median));
}

/// Buffers are powers of two; what a block shows of one is up to 4.5 % less (framing, headers) or a little
/// more. Empty when it is not near one.
std::optional<std::uint64_t> nearest_buffer_size(double bytes) {
    if (bytes < 2) return std::nullopt;
    const auto above = std::uint64_t{1} << static_cast<unsigned>(std::ceil(std::log2(bytes * 0.995)));
    if (bytes < static_cast<double>(above) * 0.955) return std::nullopt;
    return above;
}

/// The size of the buffer behind a stream's blocks. Small blocks show it only in their HTTP chunks, without
/// the framing on top; with few blocks, which may be several buffers in one, only the chunks tell.
std::optional<std::uint64_t> buffer_size(const BurstSignals& signals) {
    constexpr std::uint64_t least_buffer = 1024;
    const auto burst = signals.interior > 0 ? signals.bytes.median : static_cast<double>(signals.first_bytes);
    const auto from_burst = nearest_buffer_size(burst);
    const auto from_chunk =
        signals.events_per_chunk >= 1.5 ? nearest_buffer_size(signals.chunk_bytes) : std::nullopt;
    // A server that makes many tokens at a time fills several buffers at once, but the first block is one.
    const auto from_first = nearest_buffer_size(static_cast<double>(signals.first_bytes));
    if (signals.interior < 3 && from_burst && from_first && *from_first < *from_burst &&
        *from_first >= least_buffer) {
        return from_first;
    }
    if (from_chunk && (signals.interior == 1 || !from_burst)) return from_chunk;
    if (from_burst) return from_burst;
    if (signals.interior < 3) return std::nullopt;
    return static_cast<std::uint64_t>(std::llround(burst));
}

/// Everything a rule may look at.
struct Case {
    const StreamTimeline& timeline;
    BurstSignals signals;
    nanoseconds time_to_first_token{0};  ///< from `sent`
    nanoseconds duration{0};             ///< from `sent` to the last token

    bool encoded() const {
        return !timeline.content_encoding.empty() && timeline.content_encoding != "identity";
    }
    double share_inside() const {
        return signals.blocks == 0
                   ? 0
                   : static_cast<double>(signals.ends_inside) / static_cast<double>(signals.blocks);
    }
};

std::string describe_bursts(const Case& c) {
    if (c.signals.interior == 0) {
        return fmt::format("{} events came in {} bursts, the first of {} bytes, {} apart", c.signals.events,
                           c.signals.bursts, c.signals.first_bytes, format_duration(median_gap(c.signals)));
    }
    return fmt::format("{} events came in {} bursts of about {:.0f} bytes and {:.0f} events, {} apart",
                       c.signals.events, c.signals.bursts, c.signals.bytes.median, c.signals.counts.median,
                       format_duration(median_gap(c.signals)));
}

/// More regular bursts, more confidence; a verdict never claims to be certain.
double grow(double from, std::size_t samples) {
    return std::min(0.99, from + 0.05 * static_cast<double>(samples));
}

BufferingVerdict make(BufferingKind kind, double confidence, nanoseconds hold, std::string evidence) {
    BufferingVerdict verdict;
    verdict.kind = kind;
    verdict.confidence = confidence;
    verdict.estimated_hold = hold;
    verdict.evidence = std::move(evidence);
    return verdict;
}

std::optional<BufferingVerdict> too_few_events(const Case& c) {
    if (c.signals.events >= least_events && c.signals.events >= c.signals.uncertain_events) {
        return std::nullopt;
    }
    BufferingVerdict verdict;
    verdict.evidence = c.signals.uncertain_events == 0
                           ? fmt::format("{} token events are too few to tell", c.signals.events)
                           : fmt::format("this client blurred the arrival of {} of {} token events",
                                         c.signals.uncertain_events, c.timeline.tokens.size());
    return verdict;
}

std::optional<BufferingVerdict> all_at_once(const Case& c) {
    if (c.signals.largest_share < all_at_once_share) return std::nullopt;
    const double per_read = static_cast<double>(c.timeline.tokens.size()) /
                            static_cast<double>(std::max<std::size_t>(1, c.timeline.reads.size()));
    if (per_read < 1.5 && c.signals.largest_span > 5ms) return std::nullopt;
    const auto figures = fmt::format(
        "{:.0f} % of {} events came within {}, {} after the request", c.signals.largest_share * 100,
        c.signals.events, format_duration(c.signals.largest_span), format_duration(c.time_to_first_token));
    if (c.time_to_first_token < early) return make(BufferingKind::instant, 0.9, 0ns, figures);
    return make(c.encoded() ? BufferingKind::compression : BufferingKind::full, 0.9,
                c.time_to_first_token * 95 / 100, figures);
}

std::optional<BufferingVerdict> held_by_compression(const Case& c) {
    if (!c.encoded() || c.signals.events_per_burst < 3) return std::nullopt;
    return make(BufferingKind::compression, grow(0.7, c.signals.interior), c.signals.hold_p95,
                describe_bursts(c) + "; the response is compressed");
}

std::optional<BufferingVerdict> blocks(const Case& c) {
    const bool mostly_inside =
        c.signals.blocks > 0 &&
        (c.signals.ends_inside == c.signals.blocks || (c.signals.ends_inside > 1 && c.share_inside() >= 0.5));
    if (!mostly_inside || c.signals.events_per_burst < 1.8) return std::nullopt;
    auto evidence = fmt::format("{}; blocks end inside an event {} of {} times", describe_bursts(c),
                                c.signals.ends_inside, c.signals.blocks);
    if (c.signals.hold_p95 < least_hold_of_blocks) {
        return make(BufferingKind::none, 0.6, c.signals.hold_p95,
                    evidence + ", which holds tokens but briefly");
    }
    auto verdict =
        make(BufferingKind::block, grow(0.7, c.signals.interior), c.signals.hold_p95, std::move(evidence));
    verdict.block_bytes = buffer_size(c.signals);
    return verdict;
}

std::optional<BufferingVerdict> passes(const Case& c) {
    if (c.signals.events_per_burst >= 1.5) return std::nullopt;
    return make(BufferingKind::none, grow(0.6, c.signals.bursts / 4), c.signals.hold_p95,
                fmt::format("{} events came in {} bursts, {} apart", c.signals.events, c.signals.bursts,
                            format_duration(median_gap(c.signals))));
}

std::optional<BufferingVerdict> short_groups(const Case& c) {
    if (c.signals.hold_p95 >= least_hold_of_groups) return std::nullopt;
    return make(BufferingKind::unclear, 0.5, c.signals.hold_p95,
                describe_bursts(c) +
                    ": too short to tell a flush on the way from a server that makes several "
                    "tokens at a time");
}

BufferingVerdict timer_or_window(const Case& c) {
    const bool even_counts = c.signals.counts.coefficient < 0.02;
    const bool even_gaps = c.signals.gap_ns.coefficient < 0.3 || c.signals.gap_ns.near_median >= 0.6;
    const auto hold = c.signals.hold_p95;
    const auto sure = grow(0.5, c.signals.interior);
    const bool undecided = c.signals.interior < 3 || (even_counts && even_gaps);
    auto kind = BufferingKind::unclear;
    if (undecided) {
        kind = BufferingKind::timer_or_window;
    } else if (even_counts) {
        kind = BufferingKind::token_window;
    } else if (even_gaps) {
        kind = BufferingKind::timer;
    }
    auto verdict = make(kind, sure, hold, describe_bursts(c));
    const bool either = kind == BufferingKind::timer_or_window;
    if ((either || kind == BufferingKind::timer) && median_gap(c.signals) > 0ns) {
        verdict.timer_period = median_gap(c.signals);
    }
    if ((either || kind == BufferingKind::token_window) && c.signals.interior > 0) {
        verdict.window_tokens = static_cast<std::uint64_t>(c.signals.counts.median);
    }
    return verdict;
}

}  // namespace

BufferingVerdict detect_buffering(const StreamTimeline& timeline) {
    Case c{.timeline = timeline, .signals = measure_bursts(timeline)};
    if (const auto verdict = too_few_events(c)) return *verdict;
    const auto begin = timeline.sent.value_or(timeline.intended);
    c.time_to_first_token = timeline.arrival(0) - begin;
    c.duration = timeline.arrival(timeline.tokens.size() - 1) - begin;
    for (const auto rule : {all_at_once, held_by_compression, blocks, passes, short_groups}) {
        if (auto verdict = rule(c)) return *verdict;
    }
    return timer_or_window(c);
}

}  // namespace streamgauge::report
