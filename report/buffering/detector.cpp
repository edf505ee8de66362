#include "report/buffering/detector.h"

#include "report/buffering/bursts.h"
#include "report/buffering/rule_choice.h"
#include "report/buffering/timeline_flaw.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

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
/// A server may begin with a few tokens at once; fewer than these show no buffer.
constexpr std::size_t least_first_events = 8;
constexpr auto least_hold_of_first = 150ms;
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

/// Whether `text` begins with `word`, which is in lower case, in any case of ASCII letters.
bool starts_with_word(std::string_view text, std::string_view word) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [&](char a, char b) { return a == lower(b); });
}

/// Everything a rule may look at.
struct Case {
    const StreamTimeline& timeline;
    BurstSignals signals;
    nanoseconds time_to_first_token{0};  ///< from `sent`

    bool encoded() const {
        return !timeline.content_encoding.empty() && timeline.content_encoding != "identity";
    }
    double share_inside() const {
        return signals.blocks == 0
                   ? 0
                   : static_cast<double>(signals.ends_inside) / static_cast<double>(signals.blocks);
    }
    /// A response header by its lower-case name; empty when there is none.
    std::string_view header(std::string_view name) const {
        for (const auto& [field, value] : timeline.response_headers) {
            if (field.size() == name.size() && starts_with_word(field, name)) return value;
        }
        return {};
    }
    bool from_cache() const {
        return starts_with_word(header("x-cache"), "hit") ||
               starts_with_word(header("cf-cache-status"), "hit");
    }
    bool declared_whole() const {
        return starts_with_word(header("content-type"), "application/json") &&
               !header("content-length").empty();
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
    if (verdict.is_buffered()) verdict.severity = severity_of(hold);
    verdict.evidence = std::move(evidence);
    return verdict;
}

BufferingVerdict insufficient(std::string why) {
    BufferingVerdict verdict;
    verdict.evidence = std::move(why);
    return verdict;
}

std::optional<BufferingVerdict> too_few_events(const Case& c) {
    if (c.signals.events >= least_events && c.signals.events >= c.signals.uncertain_events) {
        return std::nullopt;
    }
    if (c.signals.uncertain_events > 0) {
        return insufficient(fmt::format("this client blurred the arrival of {} of {} token events",
                                        c.signals.uncertain_events, c.timeline.tokens.size()));
    }
    if (c.signals.events == 0 && c.timeline.pings > 0)
        return insufficient(fmt::format("{} pings and no token event came", c.timeline.pings));
    return insufficient(fmt::format("{} token events are too few to tell", c.signals.events));
}

std::optional<BufferingVerdict> all_at_once(const Case& c) {
    if (c.signals.largest_share < all_at_once_share) return std::nullopt;
    const double per_read = static_cast<double>(c.timeline.tokens.size()) /
                            static_cast<double>(std::max<std::size_t>(1, c.timeline.reads.size()));
    if (per_read < 1.5 && c.signals.largest_span > 5ms) return std::nullopt;
    const auto figures = fmt::format(
        "{:.0f} % of {} events came within {}, {} after the request", c.signals.largest_share * 100,
        c.signals.events, format_duration(c.signals.largest_span), format_duration(c.time_to_first_token));
    if (!c.timeline.end && !c.timeline.terminal)
        return insufficient(figures + "; the stream had not ended, so more may have followed");
    if (c.time_to_first_token < early) return make(BufferingKind::instant, 0.9, 0ns, figures);
    if (c.from_cache()) {
        return make(BufferingKind::instant, 0.9, 0ns, figures + "; its header says it came from a cache");
    }
    const auto hold = c.time_to_first_token * 95 / 100;
    if (c.encoded())
        return make(BufferingKind::compression, 0.9, hold, figures + "; the response is compressed");
    if (c.declared_whole()) {
        return make(BufferingKind::not_streamed, 0.9, hold,
                    figures + "; it is declared as one JSON document of known length");
    }
    return make(BufferingKind::full, 0.9, hold, figures);
}

std::optional<BufferingVerdict> held_by_compression(const Case& c) {
    if (!c.encoded() || c.signals.events_per_burst < 3) return std::nullopt;
    return make(BufferingKind::compression, grow(0.7, c.signals.interior), c.signals.hold_p95,
                describe_bursts(c) + "; the response is compressed");
}

/// Whether many tokens came at first, and all others one by one.
bool passes_after_first(const BurstSignals& signals) {
    if (signals.first_events < least_first_events || signals.bursts < least_first_events) return false;
    const auto later = static_cast<double>(signals.events - signals.first_events);
    return later / static_cast<double>(signals.bursts - 1) < 1.5;
}

/// A buffer that is let go once, when it is full, and passes what follows: many tokens come at first, as late
/// as if they had been made one by one, then each by itself.
std::optional<BufferingVerdict> held_at_first(const Case& c) {
    const auto& signals = c.signals;
    if (!passes_after_first(signals)) return std::nullopt;
    const auto hold = median_gap(signals) * static_cast<std::int64_t>(signals.first_events - 1);
    if (hold < least_hold_of_first || hold > c.time_to_first_token) return std::nullopt;
    auto verdict =
        make(BufferingKind::block, 0.7, hold,
             fmt::format(
                 "the first {} of {} events came at once, {} bytes {} after the request; then they came {} "
                 "apart",
                 signals.first_events, signals.events, signals.first_bytes,
                 format_duration(c.time_to_first_token), format_duration(median_gap(signals))));
    const auto bytes = static_cast<double>(signals.first_bytes);
    verdict.block_bytes = nearest_buffer_size(bytes).value_or(signals.first_bytes);
    return verdict;
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
    if (c.signals.events_per_burst >= 1.5 && !passes_after_first(c.signals)) return std::nullopt;
    return make(BufferingKind::none, grow(0.6, c.signals.bursts / 4), c.signals.hold_p95,
                fmt::format("{} events came in {} bursts, {} apart", c.signals.events, c.signals.bursts,
                            format_duration(median_gap(c.signals))));
}

BurstRhythm rhythm_of(const BurstSignals& signals) {
    const auto whole = [](double value) { return static_cast<std::uint64_t>(std::llround(value)); };
    return {.bursts = signals.window.bursts,
            .gap = nanoseconds(std::llround(signals.timer.parameter)),
            .tokens = whole(signals.window.parameter),
            .bytes = whole(signals.size.parameter),
            .slack = nanoseconds(std::llround(signals.ns_per_event)),
            .slack_bytes = whole(signals.bytes_per_event),
            .timer_bits = signals.timer.bits,
            .window_bits = signals.window.bits,
            .size_bits = signals.size.bits,
            .first_tokens = signals.first_events};
}

/// Two bursts, the first and the last, tell less than those between, but many such streams tell something.
bool has_rhythm(const BurstSignals& signals) {
    return signals.ns_per_event > 0 && signals.window.bursts + signals.first_events > 0;
}

std::optional<BufferingVerdict> short_groups(const Case& c) {
    if (c.signals.hold_p95 >= least_hold_of_groups) return std::nullopt;
    auto verdict = make(BufferingKind::unclear, 0.5, c.signals.hold_p95,
                        describe_bursts(c) +
                            ": too short to tell a flush on the way from a server that makes several "
                            "tokens at a time");
    if (has_rhythm(c.signals)) verdict.rhythm = rhythm_of(c.signals);
    return verdict;
}

std::string describe_fits(const BurstSignals& signals) {
    if (signals.window.bursts < 2) return "";
    return fmt::format(
        "; a timer of {} explains {} of {} bursts between the first and the last, a window of {:.0f} tokens "
        "{}",
        format_duration(nanoseconds(std::llround(signals.timer.parameter))), signals.timer.explained,
        signals.timer.bursts, signals.window.parameter, signals.window.explained);
}

void name_parameters(const BurstSignals& signals, BufferingVerdict& verdict) {
    // The last burst is what was left when the answer ended: the gap before it is no period.
    if (signals.window.bursts == 0) return;
    using enum BufferingKind;
    const auto kind = verdict.kind;
    if (kind == timer || kind == timer_or_window) {
        // A timer of its own makes gaps alike; one that starts with the first token it holds makes them
        // longer.
        const bool alike = signals.gap_ns.near_median >= 0.6;
        verdict.timer_period =
            alike ? median_gap(signals) : nanoseconds(std::llround(signals.timer.parameter));
    }
    if (kind == token_window || kind == timer_or_window || kind == block_or_window)
        verdict.window_tokens = static_cast<std::uint64_t>(std::llround(signals.window.parameter));
    if (kind == block || kind == block_or_window)
        verdict.block_bytes = static_cast<std::uint64_t>(std::llround(signals.size.parameter));
}

/// Which rule of release explains the bursts best, and is it better than the others by so much that they may
/// be dismissed?
BufferingVerdict best_rule(const Case& c) {
    const auto& signals = c.signals;
    const auto rhythm = rhythm_of(signals);
    const auto choice = choose_rule(rule_bits_of(rhythm), rhythm.bursts);
    auto verdict =
        make(choice.kind, choice.confidence, signals.hold_p95, describe_bursts(c) + describe_fits(signals));
    if (has_rhythm(signals)) verdict.rhythm = rhythm;
    name_parameters(signals, verdict);
    return verdict;
}

}  // namespace

BufferingVerdict detect_buffering(const StreamTimeline& timeline) {
    if (auto flaw = flaw_of(timeline); !flaw.empty()) return insufficient(std::move(flaw));
    Case c{.timeline = timeline, .signals = measure_bursts(timeline)};
    if (const auto verdict = too_few_events(c)) return *verdict;
    c.time_to_first_token = timeline.arrival(0) - timeline.sent.value_or(timeline.intended);
    for (const auto rule : {all_at_once, held_by_compression, held_at_first, blocks, passes, short_groups}) {
        if (auto verdict = rule(c)) return *verdict;
    }
    return best_rule(c);
}

}  // namespace streamgauge::report
