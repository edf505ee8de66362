#pragma once

#include "bench/simulator/distribution.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace streamgauge::simulator {

enum class Switch { automatic, off, on };
enum class LineEnd { lf, crlf, cr };
enum class Encoding { identity, gzip, deflate, br, zstd };
enum class Framing { chunked, close, length };

/// What goes wrong. "At N" means: in place of token event N (counted from 0), when that event is due.
enum class Fault {
    none,
    reset,               ///< TCP RST at N
    truncate,            ///< clean end of HTTP at N, without an end mark
    no_end_mark,         ///< all tokens, but no `[DONE]` or `message_stop`
    error_event,         ///< an error event at N, then a clean end of HTTP
    rate_limit,          ///< 429 with Retry-After
    server_error,        ///< 500 with a JSON error
    overloaded,          ///< 503 with a JSON error
    stall,               ///< silence (but for pings) from N on, connection kept
    malformed_json,      ///< event N is cut off inside its JSON
    split_utf8,          ///< multi-byte text, each write ends inside a character, the rest follows 1 ms later
    dribble,             ///< one byte per write
    never_answer,        ///< the request is read, never a byte comes back
    headers_only,        ///< response header, then silence
    endless_line,        ///< a `data:` line that never ends
    endless_header,      ///< a response header that never ends
    html,                ///< 200 with an HTML page
    not_found,           ///< 404
    redirect,            ///< 302 to `location`
    empty,               ///< 200 without a body
    bad_chunk,           ///< a chunk size that is not hexadecimal at N
    garbage,             ///< something that is not HTTP
    echo_authorization,  ///< 401 whose message repeats the Authorization header
    corrupt_gzip,        ///< gzip whether asked for or not, broken from N on
};

/// What holds bytes back on the way out.
enum class Buffering {
    none,
    full,    ///< to the end
    block,   ///< until there are so many bytes
    timer,   ///< until the next tick of a clock
    tokens,  ///< until there are so many token events
};

/// Where they are held: `body` gathers body bytes before HTTP framing, as a proxy does (a block is one
/// chunk); `wire` gathers framed bytes, as a TLS layer or a corked socket does (a block holds many chunks).
enum class BufferingLayer { body, wire };

/// Everything that can be said about how one request is answered. Each member can be set on the command line
/// and per request under its own name; see behaviour_options.h.
struct Behaviour {
    Distribution ttft = Distribution::constant(std::chrono::milliseconds{200});  ///< request to first token
    std::optional<double> cache_hits;  ///< share of streams that say `X-Cache: HIT`, the others say MISS
    Distribution hit_ttft = Distribution::constant(std::chrono::milliseconds{20});  ///< instead of ttft
    Distribution itl = Distribution::constant(std::chrono::milliseconds{20});       ///< between token events
    std::uint64_t seed = 1;
    std::optional<std::uint64_t> request_number;  ///< instead of the server's own count
    std::optional<std::uint64_t> tokens;          ///< else the request's max_tokens, else 100
    std::uint64_t tokens_per_event = 1;
    std::uint64_t event_size = 0;           ///< bytes an SSE event is padded to; 0: no padding
    std::uint64_t reasoning = 0;            ///< so many of the first token events are reasoning
    std::uint64_t tool_call = 0;            ///< so many events of tool-call arguments after the answer
    bool refusal = false;                   ///< the answer is a refusal
    Switch role_first = Switch::automatic;  ///< opening events before the first token; not in completions
    Switch usage = Switch::automatic;       ///< automatic: where the API gives it
    Distribution late_finish = Distribution::constant({});  ///< last token to finish and usage
    std::chrono::nanoseconds ping{0};                       ///< 0: none

    LineEnd line_end = LineEnd::lf;
    bool space_after_colon = true;
    bool bom = false;
    bool stamps = false;  ///< each token event carries when it was written and its request had arrived

    Encoding encoding = Encoding::identity;  ///< used only if the client accepts it
    bool compress_held = false;              ///< the encoder is not flushed before the end
    Framing framing = Framing::chunked;
    bool http10 = false;
    Buffering buffering = Buffering::none;
    std::uint64_t block_size = 4096;                                         ///< bytes, of Buffering::block
    std::chrono::nanoseconds flush_period = std::chrono::milliseconds{100};  ///< of Buffering::timer
    std::uint64_t token_window = 8;  ///< token events, of Buffering::tokens
    BufferingLayer buffering_layer = BufferingLayer::body;

    Fault fault = Fault::none;
    std::uint64_t at = 5;     ///< token event the fault strikes at
    double fault_rate = 1.0;  ///< share of requests it strikes
    std::chrono::nanoseconds retry_after =
        std::chrono::seconds{1};       ///< of rate_limit; whole seconds, rounded up
    std::string location = "/health";  ///< of redirect

    bool operator==(const Behaviour&) const = default;
};

}  // namespace streamgauge::simulator
