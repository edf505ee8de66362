#pragma once

#include <array>
#include <string_view>

namespace streamgauge::scenarios {

/// Names that `targets.*.api` accepts. One file in bench/api stands behind each; a test holds the two lists
/// together.
inline constexpr std::array<std::string_view, 3> api_names{"openai-chat", "openai-completions",
                                                           "anthropic-messages"};

/// Names that `targets.*.accept_encoding` accepts. bench/wire decodes each.
inline constexpr std::array<std::string_view, 5> content_codings{"identity", "gzip", "deflate", "br", "zstd"};

/// Names that `arrivals` of an open-loop phase accepts.
inline constexpr std::array<std::string_view, 2> arrival_names{"constant", "poisson"};

/// Names that `compare.order` and `compare.prompts` accept.
inline constexpr std::array<std::string_view, 1> pair_order_names{"abba"};
inline constexpr std::array<std::string_view, 2> pair_prompt_names{"fresh", "identical"};

/// Headers whose value is a credential even when it is written out; compared without case.
inline constexpr std::array<std::string_view, 5> credential_headers{"Authorization", "x-api-key", "api-key",
                                                                    "Cookie", "Proxy-Authorization"};

/// Query parameters whose value is a credential; lower case, `-` written as `_`.
inline constexpr std::array<std::string_view, 9> credential_parameters{
    "key", "api_key", "apikey", "token", "access_token", "auth", "password", "secret", "sig"};

/// Words that `buffering == ...` accepts.
inline constexpr std::array<std::string_view, 7> buffering_words{
    "none", "full", "block", "timer", "token_window", "compression", "instant"};

/// How a request can end, as `outcome.NAME` and every report writes it. report/model holds the same list as
/// an enum.
inline constexpr std::array<std::string_view, 17> outcome_words{
    "completed",           "truncated",      "error_event",   "http_error",    "malformed",
    "resolve_failed",      "connect_failed", "tls_failed",    "reset",         "timeout_connect",
    "timeout_first_token", "timeout_idle",   "timeout_stall", "timeout_total", "cancelled",
    "not_started",         "aborted"};

}  // namespace streamgauge::scenarios
