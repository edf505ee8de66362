#pragma once

#include "report/model/moment.h"
#include "report/model/outcome.h"
#include "report/model/token_kind.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace streamgauge::report {

enum class StampSource : std::uint8_t {
    kernel,  ///< the kernel's receive time of the last segment, mapped to the run's clock
    user,    ///< no usable kernel stamp: the clock read right after the read
};

/// One socket read that carried response bytes of this stream. Small, because thousands of open streams keep
/// one for every token.
class SocketRead {
  public:
    SocketRead() = default;
    /// `not_before` is at most `arrived`; `bytes` is at most what one read can bring, far below 2^30.
    SocketRead(Moment arrived, Moment not_before, std::uint32_t bytes,
               StampSource stamp_source = StampSource::kernel, bool inside_event = false)
        : arrival{arrived}, wire_bytes{bytes}, source{stamp_source}, ends_inside_event{inside_event} {
        set_not_before(not_before);
    }

    /// The bytes cannot have arrived earlier: the later of the previous read and the loop's last idle moment.
    /// What lies more than 4 s back is given as 4.29 s before the arrival.
    constexpr Moment not_before() const { return arrival - std::chrono::nanoseconds{width_ns_}; }
    void set_not_before(Moment moment) {
        constexpr std::int64_t widest = std::numeric_limits<std::uint32_t>::max();
        width_ns_ = static_cast<std::uint32_t>(
            std::clamp<std::int64_t>(std::chrono::nanoseconds{arrival - moment}.count(), 0, widest));
    }

    Moment arrival{};                   ///< kernel stamp of the read (user stamp on fallback)
    std::uint32_t wire_bytes : 30 = 0;  ///< bytes of this response (plaintext under TLS), framing included
    StampSource source : 1 = StampSource::user;
    bool ends_inside_event : 1 = false;  ///< an event had begun and was not complete when the read ended

  private:
    std::uint32_t width_ns_ = 0;
};

/// One event that carried generated text.
struct TokenEvent {
    /// Most tokens that one event is credited with.
    static constexpr std::uint32_t most_tokens = (1u << 24) - 1;

    std::uint32_t read = 0;  ///< index into StreamTimeline::reads; arrival and not_before are that read's
    std::uint32_t http_chunk =
        0;                    ///< index of the HTTP chunk in which the event ended; 0 without chunked framing
    std::uint32_t bytes = 0;  ///< decoded bytes of the event, its terminating blank line included
    std::uint32_t tokens : 24 = 0;  ///< tokens in the event where the API says so, else 0
    TokenKind kind : 8 = TokenKind::answer;
};

/// What the server stamped into one token event, on request.
struct ServerStamp {
    std::chrono::nanoseconds
        sent;  ///< CLOCK_MONOTONIC of the server's machine, just before the event's own write
    std::chrono::nanoseconds
        received;  ///< the same clock: kernel arrival of the request's last byte; 0 if unknown
};

/// Everything one request did, in moments of the run's clock. A failed stream is a timeline too; a moment
/// that never came is empty. Written by one worker, handed to a TimelineSink when the request has ended.
struct StreamTimeline {
    std::string request_id;           ///< UUID, also sent as X-Request-Id
    std::uint64_t sequence = 0;       ///< position in the schedule
    std::uint32_t target = 0;         ///< index into Scenario::targets
    std::uint32_t phase = 0;          ///< index into Scenario::load, by intended time
    std::string pair_id;              ///< of requests that are compared with each other; empty otherwise
    std::uint32_t pair_position = 0;  ///< of this request in the order in which those were sent

    Moment intended{};
    std::optional<Moment> connect_start, resolved, connected,
        tls_done;                     ///< only if this request opened a connection
    std::optional<Moment> sent;       ///< clock read before the write that carries the request's last byte
    std::optional<Moment> send_done;  ///< clock read after it
    /// How much later than its arrival the read that brought the first token was taken off its socket: what a
    /// client without kernel stamps would have added to the TTFT.
    std::chrono::nanoseconds first_token_lag{0};
    std::chrono::nanoseconds connection_wait{0};  ///< spent waiting because the scenario caps connections
    bool new_connection = false;

    int http_status = 0;                                                ///< 0: no response header
    std::vector<std::pair<std::string, std::string>> response_headers;  ///< bounded by the decoder
    std::string content_encoding;                                       ///< lower case; empty: identity
    bool chunked = false;
    std::optional<std::chrono::nanoseconds> retry_after;

    std::optional<Moment> headers, first_byte, first_event, terminal, end;
    std::vector<SocketRead> reads;  ///< reads with body bytes
    std::vector<TokenEvent> tokens;
    std::vector<ServerStamp> stamps;         ///< empty, or one per element of `tokens`
    std::vector<std::uint32_t> http_chunks;  ///< sizes, in order
    std::uint64_t wire_bytes = 0;            ///< of the whole response
    std::uint64_t events = 0;                ///< decoded events of any kind
    std::uint64_t pings = 0;                 ///< comments and keep-alive events

    std::optional<std::uint64_t> input_tokens, output_tokens, reasoning_tokens;  ///< from the API's usage
    std::string finish_reason;

    Outcome outcome = Outcome::aborted;
    std::string detail;  ///< one sentence on why it ended so; bounded; may hold server text, so escape it

    /// Makes it ready for another request; the buffers keep their capacity.
    void clear() {
        StreamTimeline empty;
        std::swap(*this, empty);
        const auto keep = [](auto& mine, auto& old) {
            old.clear();
            mine.swap(old);
        };
        keep(reads, empty.reads);
        keep(tokens, empty.tokens);
        keep(stamps, empty.stamps);
        keep(http_chunks, empty.http_chunks);
    }

    /// Arrival of token event `index`.
    Moment arrival(std::size_t index) const { return reads[tokens[index].read].arrival; }
};

}  // namespace streamgauge::report
