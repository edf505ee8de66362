#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace streamgauge::report {

/// How a request ended. Exactly one per request.
enum class Outcome : std::uint8_t {
    completed,    ///< the API's end mark arrived
    truncated,    ///< ended without the end mark, however clean the HTTP
    error_event,  ///< the server said so inside the stream
    http_error,   ///< a status other than 2xx (429 is counted apart by its status)
    malformed,    ///< not HTTP, not the content coding announced, or events that do not parse
    resolve_failed,
    connect_failed,
    tls_failed,
    reset,                ///< the connection broke in mid-exchange
    timeout_connect,      ///< name, TCP and TLS together
    timeout_first_token,  ///< counted from `sent`
    timeout_idle,         ///< no byte of body
    timeout_stall,        ///< no token event
    timeout_total,        ///< counted from `sent`
    cancelled,            ///< by the scenario: a success of its kind
    not_started,          ///< due, never sent
    aborted,              ///< the run was stopped
};

inline constexpr std::size_t outcome_count = 17;

inline constexpr std::array<std::string_view, outcome_count> outcome_names{
    "completed",           "truncated",      "error_event",   "http_error",    "malformed",
    "resolve_failed",      "connect_failed", "tls_failed",    "reset",         "timeout_connect",
    "timeout_first_token", "timeout_idle",   "timeout_stall", "timeout_total", "cancelled",
    "not_started",         "aborted"};

constexpr std::string_view to_string(Outcome outcome) {
    return outcome_names[static_cast<std::size_t>(outcome)];
}

constexpr std::optional<Outcome> parse_outcome(std::string_view name) {
    for (std::size_t i = 0; i < outcome_count; ++i) {
        if (outcome_names[i] == name) return static_cast<Outcome>(i);
    }
    return std::nullopt;
}

/// True for outcomes that count as errors: all but completed and cancelled.
constexpr bool is_error(Outcome outcome) {
    return outcome != Outcome::completed && outcome != Outcome::cancelled;
}

}  // namespace streamgauge::report
