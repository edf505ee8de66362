#include "report/summary/request_metrics.h"

#include "report/buffering/detector.h"
#include "report/model/client_certainty.h"
#include "report/summary/hold.h"
#include "report/summary/label_values.h"
#include "report/summary/playout.h"

#include <algorithm>

namespace streamgauge::report {

namespace {

using std::chrono::nanoseconds;
using Duration = RequestMetrics::Duration;

/// From one moment to another; empty when either never came. A mapped kernel stamp may lie a hair before a
/// moment of our own clock, which is no time at all.
Duration between(const std::optional<Moment>& from, const std::optional<Moment>& to) {
    if (!from || !to) return std::nullopt;
    return std::max(*to - *from, nanoseconds{0});
}

std::optional<Moment> first_token_of(const StreamTimeline& timeline) {
    return timeline.tokens.empty() ? std::nullopt : std::optional(timeline.arrival(0));
}

std::optional<Moment> last_token_of(const StreamTimeline& timeline) {
    return timeline.tokens.empty() ? std::nullopt
                                   : std::optional(timeline.arrival(timeline.tokens.size() - 1));
}

std::optional<Moment> first_answer_of(const StreamTimeline& timeline) {
    const auto& tokens = timeline.tokens;
    const auto answer = std::find_if(tokens.begin(), tokens.end(),
                                     [](const TokenEvent& token) { return token.kind == TokenKind::answer; });
    if (answer == tokens.end()) return std::nullopt;
    return timeline.arrival(static_cast<std::size_t>(answer - tokens.begin()));
}

/// When a request that ran out of time was cut, by the timeout it ran into.
std::optional<Moment> cut_moment(const StreamTimeline& timeline, const scenarios::Timeouts& timeouts) {
    const auto sent = timeline.sent.value_or(timeline.intended);
    const auto last_read = timeline.reads.empty() ? sent : timeline.reads.back().arrival;
    switch (timeline.outcome) {
        case Outcome::timeout_connect:
            return timeline.connect_start.value_or(timeline.intended) + timeouts.connect;
        case Outcome::timeout_first_token:
            return sent + timeouts.first_token;
        case Outcome::timeout_idle:
            return last_read + timeouts.idle;
        case Outcome::timeout_stall:
            return last_token_of(timeline).value_or(sent) + timeouts.stall;
        case Outcome::timeout_total:
            return sent + timeouts.total;
        default:
            return std::nullopt;
    }
}

/// What tells a timeout on the way from an end of the server's own.
void measure_ending(const StreamTimeline& timeline, const std::optional<Moment>& end, RequestMetrics& into) {
    into.age = between(timeline.sent, end);
    if (!into.age) return;
    Moment latest = *timeline.sent;
    nanoseconds longest{0};
    for (const auto& read : timeline.reads) {
        longest = std::max(longest, *between(latest, read.arrival));
        latest = std::max(latest, read.arrival);
    }
    into.longest_silence = longest;
    into.silence = between(latest, end);
}

void copy_identity(const StreamTimeline& timeline, RequestMetrics& into) {
    into.request_id = timeline.request_id;
    into.sequence = timeline.sequence;
    into.target = timeline.target;
    into.phase = timeline.phase;
    into.pair_id = timeline.pair_id;
    into.pair_position = timeline.pair_position;
    into.outcome = timeline.outcome;
    into.detail = timeline.detail;
    into.http_status = timeline.http_status;
    into.new_connection = timeline.new_connection;
    into.finish_reason = timeline.finish_reason;
    into.retry_after = timeline.retry_after;
    into.wire_bytes = timeline.wire_bytes;
    into.output_tokens = timeline.output_tokens;
    into.input_tokens = timeline.input_tokens;
    into.reasoning_tokens = timeline.reasoning_tokens;
}

/// What came before the response: waiting, connecting, sending.
void measure_request_side(const StreamTimeline& timeline, RequestMetrics& into) {
    into.resolve = between(timeline.connect_start, timeline.resolved);
    into.connect =
        between(timeline.resolved ? timeline.resolved : timeline.connect_start, timeline.connected);
    into.tls = between(timeline.connected, timeline.tls_done);
    into.send = between(timeline.sent, timeline.send_done);
    if (timeline.connection_wait > nanoseconds{0}) into.connection_wait = timeline.connection_wait;
    if (!timeline.sent) return;
    const auto ready = timeline.tls_done ? timeline.tls_done : timeline.connected;
    const nanoseconds set_up = between(timeline.connect_start, ready).value_or(nanoseconds{0});
    const nanoseconds lag = *timeline.sent - timeline.intended - timeline.connection_wait - set_up;
    into.schedule_lag = std::max(lag, nanoseconds{0});
}

void measure_moments(const StreamTimeline& timeline, RequestMetrics& into) {
    const auto first_token = first_token_of(timeline);
    const auto last_token = last_token_of(timeline);
    into.ttft = between(timeline.intended, first_token);
    into.ttft_sent = between(timeline.sent, first_token);
    if (first_token) into.first_token_lag = std::max(timeline.first_token_lag, nanoseconds{0});
    into.ttfa = between(timeline.intended, first_answer_of(timeline));
    into.ttfb = between(timeline.sent, timeline.first_byte);
    into.headers = between(timeline.sent, timeline.headers);
    into.e2e = between(timeline.intended, last_token);
    into.last_token_sent = between(timeline.sent, last_token);
}

/// Output tokens that were streamed, by the API's own count: reasoning that never showed in the stream did
/// not take the stream's time. Empty when the API does not say.
std::optional<std::uint64_t> streamed_tokens(const StreamTimeline& timeline) {
    if (!timeline.output_tokens) return std::nullopt;
    const auto& tokens = timeline.tokens;
    const bool reasoning_streamed = std::any_of(tokens.begin(), tokens.end(), [](const TokenEvent& token) {
        return token.kind == TokenKind::reasoning;
    });
    const std::uint64_t unseen = reasoning_streamed ? 0 : timeline.reasoning_tokens.value_or(0);
    return *timeline.output_tokens - std::min(unseen, *timeline.output_tokens);
}

void measure_token_rate(const StreamTimeline& timeline, RequestMetrics& into) {
    const auto& tokens = timeline.tokens;
    into.token_events = tokens.size();
    const auto streamed = streamed_tokens(timeline);
    into.tokens_from_usage = streamed.has_value();
    if (tokens.empty()) return;
    // Counted events are the unit of both numbers when the API does not count tokens.
    const std::uint64_t count = streamed.value_or(tokens.size());
    const std::uint64_t in_first = streamed ? std::max<std::uint64_t>(tokens.front().tokens, 1) : 1;
    if (count > in_first) {
        into.tpot = *between(first_token_of(timeline), last_token_of(timeline)) /
                    static_cast<std::int64_t>(count - in_first);
    }
    if (streamed) into.tokens_per_event = static_cast<double>(*streamed) / static_cast<double>(tokens.size());
}

template <typename Take>
void visit_gaps(const StreamTimeline& timeline, Take&& take) {
    bool follows = false;  // the token event before is certain, and came at `previous`
    Moment previous{};
    for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
        const Moment arrival = timeline.arrival(first);
        if (!uncertain && follows) take(std::max(arrival - previous, nanoseconds{0}));
        for (std::size_t i = first + 1; i < end && !uncertain; ++i)
            take(nanoseconds{0});
        follows = !uncertain;
        previous = arrival;
    });
}

void measure_gaps(const StreamTimeline& timeline, const scenarios::Budgets& budgets, RequestMetrics& into) {
    if (timeline.tokens.empty()) return;
    Playout playout(budgets);
    playout.first_token(*into.ttft);
    visit_gaps(timeline, [&](nanoseconds gap) {
        playout.gap(gap);
        into.max_gap = std::max(into.max_gap.value_or(gap), gap);
        if (gap > budgets.stall) ++into.stalls;
    });
    into.jank = playout.jank(*into.e2e);
    into.fluidity = playout.fluidity();

    std::uint64_t reads = 0;
    for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
        ++reads;
        if (uncertain) into.uncertain_events += end - first;
    });
    into.events_per_read = static_cast<double>(timeline.tokens.size()) / static_cast<double>(reads);
}

}  // namespace

RequestMetrics measure_request(const StreamTimeline& timeline, const scenarios::Scenario& scenario,
                               Moment run_start, std::int64_t run_start_unix_ns) {
    RequestMetrics metrics;
    copy_identity(timeline, metrics);
    metrics.labels = label_values(timeline, scenario.labels);
    metrics.start = timeline.intended - run_start;
    metrics.start_unix_ns = run_start_unix_ns + metrics.start.count();
    measure_request_side(timeline, metrics);
    measure_moments(timeline, metrics);
    const auto end = timeline.end ? timeline.end : cut_moment(timeline, scenario.timeouts);
    metrics.total = between(timeline.intended, end);
    measure_ending(timeline, end, metrics);
    measure_token_rate(timeline, metrics);
    measure_gaps(timeline, scenario.budgets, metrics);
    if (const auto hold = hold_from_stamps(timeline)) {
        metrics.hold_p50 = hold->p50;
        metrics.hold_p95 = hold->p95;
        metrics.hold_max = hold->max;
    }
    metrics.buffering = detect_buffering(timeline);
    if (!timeline.pair_id.empty()) metrics.arrivals = arrival_curve(timeline);
    return metrics;
}

void for_each_gap(const StreamTimeline& timeline, const std::function<void(nanoseconds)>& take) {
    visit_gaps(timeline, take);
}

}  // namespace streamgauge::report
