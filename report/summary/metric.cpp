#include "report/summary/metric.h"

#include <algorithm>

namespace streamgauge::report {

namespace {

using std::chrono::nanoseconds;
using Duration = RequestMetrics::Duration;

Sample measured(const Duration& value) {
    return value ? Sample{Sample::Kind::measured, *value} : Sample{};
}

/// How long after `intended` the request was sent; empty when it never was.
Duration sent_after(const RequestMetrics& request) {
    if (!request.schedule_lag) return std::nullopt;
    nanoseconds after = *request.schedule_lag;
    for (const auto& part : {request.connection_wait, request.resolve, request.connect, request.tls}) {
        after += part.value_or(nanoseconds{0});
    }
    return after;
}

/// The sample of a request cut by a timeout, for a metric that counts from `origin` after intended.
Sample censored(const RequestMetrics& request, const Duration& origin) {
    if (!is_timeout(request.outcome) || !request.total || !origin) return {};
    return {Sample::Kind::censored, std::max(*request.total - *origin, nanoseconds{0})};
}

Sample measured_or_censored(const Duration& value, const RequestMetrics& request, const Duration& origin) {
    return value ? measured(value) : censored(request, origin);
}

/// True for a response that is an error from its start, whose latency says nothing about streaming.
bool is_error_response(const RequestMetrics& request) {
    if (request.ttft) return false;
    return request.outcome == Outcome::http_error || request.outcome == Outcome::malformed ||
           request.outcome == Outcome::error_event;
}

}  // namespace

bool is_timeout(Outcome outcome) {
    switch (outcome) {
        case Outcome::timeout_connect:
        case Outcome::timeout_first_token:
        case Outcome::timeout_idle:
        case Outcome::timeout_stall:
        case Outcome::timeout_total:
            return true;
        default:
            return false;
    }
}

Sample sample_of(Metric metric, const RequestMetrics& request) {
    const Duration from_intended = nanoseconds{0};
    switch (metric) {
        case Metric::ttft:
            return measured_or_censored(request.ttft, request, from_intended);
        case Metric::ttft_sent:
            return measured_or_censored(request.ttft_sent, request, sent_after(request));
        case Metric::ttfa:
            return measured_or_censored(request.ttfa, request, from_intended);
        case Metric::ttfb:
            if (is_error_response(request)) return {};
            return measured_or_censored(request.ttfb, request, sent_after(request));
        case Metric::headers:
            if (is_error_response(request)) return {};
            return measured_or_censored(request.headers, request, sent_after(request));
        case Metric::tpot:
            return request.outcome == Outcome::completed ? measured(request.tpot) : Sample{};
        case Metric::e2e:
            if (request.outcome == Outcome::completed) return measured(request.e2e);
            return censored(request, from_intended);
        case Metric::max_gap:
            return measured(request.max_gap);
        case Metric::schedule_lag:
            return measured(request.schedule_lag);
        case Metric::resolve:
            return measured(request.resolve);
        case Metric::connect:
            return measured(request.connect);
        case Metric::tls:
            return measured(request.tls);
        case Metric::hold:
            return measured(request.hold_p95);
        case Metric::hold_estimated:
            return measured(request.buffering.estimated_hold);
        case Metric::itl:
            return {};
    }
    return {};
}

}  // namespace streamgauge::report
