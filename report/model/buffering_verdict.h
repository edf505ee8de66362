#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace streamgauge::report {

enum class BufferingKind : std::uint8_t {
    none,             ///< tokens arrive as they are made
    full,             ///< the whole answer at once, at the end
    block,            ///< in blocks of `block_bytes`
    timer,            ///< every `timer_period`
    token_window,     ///< `window_tokens` at a time
    timer_or_window,  ///< regular bursts that a timer and a window explain equally well
    compression,      ///< held by a compressor that is not flushed
    instant,          ///< everything at once and early: cached or very fast, no fault
    unclear,          ///< tokens come in bursts that fit none of the above
    insufficient,     ///< too little, or nothing that can be trusted, to tell
    block_or_window,  ///< constant counts and sizes: `window_tokens` at a time, or once `block_bytes` wait
    not_streamed,     ///< the answer is declared as one document: the origin does not stream
};

inline constexpr std::array<std::string_view, 12> buffering_names{
    "none",        "full",    "block",   "timer",        "token_window",    "timer_or_window",
    "compression", "instant", "unclear", "insufficient", "block_or_window", "not_streamed"};

constexpr std::string_view to_string(BufferingKind kind) {
    return buffering_names[static_cast<std::size_t>(kind)];
}

/// How much a person notices of tokens being held: the limits of 0.1 and 1 s are those of Nielsen, Usability
/// Engineering (1993).
enum class BufferingSeverity : std::uint8_t {
    none,        ///< nothing held
    slight,      ///< held less than 100 ms: hardly seen
    noticeable,  ///< less than 1 s: text comes in jerks
    severe,      ///< longer: it reads as a pause, or as no streaming at all
};

inline constexpr std::array<std::string_view, 4> severity_names{"none", "slight", "noticeable", "severe"};

constexpr std::string_view to_string(BufferingSeverity severity) {
    return severity_names[static_cast<std::size_t>(severity)];
}

/// `hold` is the p95 of how long tokens were held.
constexpr BufferingSeverity severity_of(std::chrono::nanoseconds hold) {
    using namespace std::chrono_literals;
    if (hold <= 0ns) return BufferingSeverity::none;
    if (hold < 100ms) return BufferingSeverity::slight;
    return hold < 1s ? BufferingSeverity::noticeable : BufferingSeverity::severe;
}

/// How the bursts of one stream answer to three rules of release. Many of these decide together what one
/// cannot. Bits are log2 of how much better a rule explains the bursts than no rule does; negative: worse.
struct BurstRhythm {
    std::uint64_t bursts = 0;  ///< judged: neither the first nor the last; 0 when there were but those two
    std::chrono::nanoseconds gap{0};    ///< a timer's period, if there is a timer
    std::uint64_t tokens = 0;           ///< a window's tokens, if there is a window
    std::uint64_t bytes = 0;            ///< how many bytes must wait, if that decides; events stay whole
    std::chrono::nanoseconds slack{0};  ///< time between tokens: how much longer than `gap` a timer may take
    std::uint64_t slack_bytes = 0;      ///< bytes of an event: how far beyond `bytes` a size may go
    double timer_bits = 0, window_bits = 0, size_bits = 0;
    std::uint64_t first_tokens = 0;  ///< of the first burst; 0 when not known

    bool operator==(const BurstRhythm&) const = default;
};

/// Is, and how is, a stream held back on its way. What `buffering == none` accepts: none and instant.
struct BufferingVerdict {
    BufferingKind kind = BufferingKind::insufficient;
    std::optional<std::uint64_t> block_bytes;
    std::optional<std::chrono::nanoseconds> timer_period;
    std::optional<std::uint64_t> window_tokens;
    double confidence = 0;  ///< 0..1
    BufferingSeverity severity = BufferingSeverity::none;
    std::optional<std::chrono::nanoseconds>
        estimated_hold;                 ///< p95 of how long tokens were held, from one client's view
    std::string evidence;               ///< one sentence with the figures a person can check
    std::optional<BurstRhythm> rhythm;  ///< of one stream whose tokens came in groups

    bool is_buffered() const {
        return kind != BufferingKind::none && kind != BufferingKind::instant &&
               kind != BufferingKind::insufficient && kind != BufferingKind::unclear;
    }
};

}  // namespace streamgauge::report
