#include "report/summary/windows.h"

#include "report/model/nearest_rank.h"
#include "report/summary/spread.h"

#include <algorithm>

namespace streamgauge::report {

using std::chrono::nanoseconds;

void Window::merge(const Window& other) {
    started += other.started;
    ended += other.ended;
    errors += other.errors;
    token_events += other.token_events;
    open_ns += other.open_ns;
    ttft.merge(other.ttft);
    send_lag.merge(other.send_lag);
    receive_lag.merge(other.receive_lag);
}

void Windows::add(const RequestMetrics& request) {
    const nanoseconds end = request.start + request.total.value_or(nanoseconds{0});
    slots_.reach(std::max(request.start, end));
    Window& first = slots_.at(request.start);
    ++first.started;
    first.ttft.record(sample_of(Metric::ttft, request));
    if (request.schedule_lag) first.send_lag.record(*request.schedule_lag);
    if (request.first_token_lag) first.receive_lag.record(*request.first_token_lag);
    Window& last = slots_.at(end);
    ++last.ended;
    if (is_error(request.outcome)) ++last.errors;
    add_open_time(request.start, end);
    add_tokens(request);
}

void Windows::add_open_time(nanoseconds from, nanoseconds to) {
    const nanoseconds length = slots_.length();
    for (std::size_t i = slots_.index(from); i <= slots_.index(to); ++i) {
        const nanoseconds begin = length * static_cast<std::int64_t>(i);
        slots_.slot(i).open_ns += (std::min(to, begin + length) - std::max(from, begin)).count();
    }
}

void Windows::add_tokens(const RequestMetrics& request) {
    if (!request.ttft || !request.e2e) return;
    const Spread tokens{request.start + *request.ttft, request.start + *request.e2e, request.token_events};
    slots_.reach(tokens.to);
    const nanoseconds length = slots_.length();
    for (std::size_t i = slots_.index(tokens.from); i <= slots_.index(tokens.to); ++i) {
        const nanoseconds begin = length * static_cast<std::int64_t>(i);
        slots_.slot(i).token_events += tokens.between(begin, begin + length);
    }
}

std::vector<WindowSummary> Windows::summarize(const std::string& target) const {
    std::vector<WindowSummary> summaries;
    nanoseconds start{0};
    for (const Window& window : slots_.slots()) {
        WindowSummary summary;
        summary.target = target;
        summary.start = start;
        summary.length = slots_.length();
        summary.started = window.started;
        summary.ended = window.ended;
        summary.errors = window.errors;
        summary.token_events = window.token_events;
        const auto ttft = [&](double quantile) {
            return window.ttft.at_rank(nearest_rank(quantile, window.ttft.size()));
        };
        summary.ttft_p50 = ttft(0.5);
        summary.ttft_p95 = ttft(0.95);
        summary.ttft_p99 = ttft(0.99);
        if (!window.send_lag.empty()) summary.send_lag_p99 = window.send_lag.quantile(0.99);
        if (!window.receive_lag.empty()) summary.receive_lag_p99 = window.receive_lag.quantile(0.99);
        summary.open_streams =
            static_cast<double>(window.open_ns) / static_cast<double>(slots_.length().count());
        summaries.push_back(std::move(summary));
        start += slots_.length();
    }
    return summaries;
}

}  // namespace streamgauge::report
