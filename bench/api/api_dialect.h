#pragma once

#include "bench/wire/stream_event.h"
#include "report/model/token_kind.h"
#include "scenarios/scenario.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace streamgauge::api {

/// A prompt, as the request source deals it.
struct Prompt {
    std::string text{};
    std::string
        messages_json{};  ///< ready-made `messages`, a valid JSON array; overrides text when not empty
    std::optional<std::uint32_t> max_tokens{};  ///< overrides the workload's
};

/// What one event of a stream says. Views live until the next call of read().
struct EventMeaning {
    std::optional<report::TokenKind>
        token;                 ///< set when the event carries non-empty generated text; its (first) kind
    std::uint32_t tokens = 0;  ///< tokens in the event where the API says so (logprobs, token_ids), else 0
    bool has_answer = false;   ///< answer text among it
    bool ping = false;         ///< keep-alive: not counted as an event
    bool end = false;          ///< the API's end mark
    bool error = false;        ///< the server reports an error inside the stream
    bool malformed = false;    ///< the data is not what the API promises
    std::string_view detail;   ///< error text, or why it is malformed; bounded
    std::string_view finish_reason;
    std::optional<std::uint64_t> input_tokens, output_tokens, reasoning_tokens;
    std::optional<std::chrono::nanoseconds> server_sent,
        server_received;  ///< the simulator's stamps, CLOCK_MONOTONIC
};

/// What one API says on the wire: how a request looks and what each event of the answer means. No I/O, no
/// clock. One instance serves one worker and keeps no state of a stream.
class ApiDialect {
  public:
    virtual ~ApiDialect() = default;

    virtual std::string_view name() const = 0;

    /// The JSON body of a request: model, prompt, streaming on, usage asked for where the API lets us, then
    /// `workload.extra` merged in last.
    virtual std::string request_body(const scenarios::Workload& workload, const Prompt& prompt) const = 0;

    /// Headers the API wants beside Content-Type, e.g. anthropic-version. Those of the scenario override
    /// them.
    virtual std::span<const scenarios::Header> request_headers() const = 0;

    /// Reads one event.
    virtual EventMeaning read(const wire::StreamEvent& event) = 0;

    /// The message inside an error body (HTTP status other than 2xx): a short sentence, control characters
    /// removed; empty when it holds none.
    virtual std::string error_message(std::string_view body) const = 0;
};

/// The dialect of that name (scenarios::api_names), or null.
std::unique_ptr<ApiDialect> make_dialect(std::string_view name);

/// The names that make_dialect() knows.
std::span<const std::string_view> dialect_names();

}  // namespace streamgauge::api
