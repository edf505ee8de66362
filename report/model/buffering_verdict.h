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
    timer_or_window,  ///< regular bursts; one stream cannot tell which
    compression,      ///< held by a compressor that is not flushed
    instant,          ///< everything at once and early: cached or very fast, no fault
    unclear,          ///< tokens come in bursts that fit none of the above
    insufficient,     ///< too few events to tell
};

inline constexpr std::array<std::string_view, 10> buffering_names{
    "none",        "full",    "block",   "timer",       "token_window", "timer_or_window",
    "compression", "instant", "unclear", "insufficient"};

constexpr std::string_view to_string(BufferingKind kind) {
    return buffering_names[static_cast<std::size_t>(kind)];
}

/// Is, and how is, a stream held back on its way. What `buffering == none` accepts: none and instant.
struct BufferingVerdict {
    BufferingKind kind = BufferingKind::insufficient;
    std::optional<std::uint64_t> block_bytes;
    std::optional<std::chrono::nanoseconds> timer_period;
    std::optional<std::uint64_t> window_tokens;
    double confidence = 0;  ///< 0..1
    std::optional<std::chrono::nanoseconds>
        estimated_hold;    ///< p95 of how long tokens were held, from one client's view
    std::string evidence;  ///< one sentence with the figures a person can check

    bool is_buffered() const {
        return kind != BufferingKind::none && kind != BufferingKind::instant &&
               kind != BufferingKind::insufficient && kind != BufferingKind::unclear;
    }
};

}  // namespace streamgauge::report
