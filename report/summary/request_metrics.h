#pragma once

#include "report/buffering/arrival_curve.h"
#include "report/buffering/remedies/remedy.h"
#include "report/model/buffering_verdict.h"
#include "report/model/stream_timeline.h"
#include "scenarios/scenario.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::report {

/// The figures of one request, by the formulas of the measurement paper. A figure that was not measured is
/// empty. This is also a row of requests.jsonl.
struct RequestMetrics {
    using Duration = std::optional<std::chrono::nanoseconds>;

    std::string request_id;
    std::uint64_t sequence = 0;
    std::uint32_t target = 0;
    std::uint32_t phase = 0;
    std::string pair_id;                ///< of requests that are compared with each other; empty otherwise
    std::uint64_t pair_position = 0;    ///< in the order in which those were sent
    ArrivalCurve arrivals;              ///< only of a request with a pair_id
    std::int64_t start_unix_ns = 0;     ///< the intended moment, on the wall clock
    std::chrono::nanoseconds start{0};  ///< the intended moment, from the start of the run
    Outcome outcome = Outcome::aborted;
    std::string detail;
    int http_status = 0;
    bool new_connection = false;
    std::string finish_reason;
    Duration retry_after;

    Duration ttft, ttft_sent, ttfa, ttfb, headers, tpot, e2e, last_token_sent;
    Duration schedule_lag;  ///< sent - intended - connection_wait - own connection set-up
    Duration connection_wait, resolve, connect, tls, send;
    Duration first_token_lag;  ///< from the first token's arrival until this client had read it
    Duration total;            ///< end - intended; of a request that was cut, until it was
    Duration age;              ///< end - sent; of a request that was cut by us, until it was
    Duration silence;          ///< end - last byte of body, or since `sent` where none came
    Duration longest_silence;  ///< between bytes of body, the first counted from `sent`
    Duration max_gap;
    std::uint64_t stalls = 0;
    std::optional<double> jank, fluidity;
    std::optional<std::chrono::nanoseconds> hold_p50, hold_p95, hold_max;  ///< from server stamps
    std::uint64_t token_events = 0;
    std::uint64_t uncertain_events = 0;  ///< client-uncertain, left out of itl
    std::optional<std::uint64_t> output_tokens, input_tokens, reasoning_tokens;
    bool tokens_from_usage = false;  ///< else tpot counts events
    std::optional<double> tokens_per_event, events_per_read;
    std::uint64_t wire_bytes = 0;
    BufferingVerdict buffering;
    std::vector<std::string> labels;  ///< what the response says of each of Scenario::labels
    HeaderFields
        product_headers;  ///< what tells products apart; only of the first streams that had such a set
};

/// Figures of one request from its timeline. `run_start` is the moment the run began.
RequestMetrics measure_request(const StreamTimeline& timeline, const scenarios::Scenario& scenario,
                               Moment run_start, std::int64_t run_start_unix_ns);

/// Gaps between consecutive token events that are not client-uncertain, zeros included, in order.
void for_each_gap(const StreamTimeline& timeline, const std::function<void(std::chrono::nanoseconds)>& take);

}  // namespace streamgauge::report
