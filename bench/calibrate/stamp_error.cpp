#include "bench/calibrate/stamp_error.h"

#include "report/model/client_certainty.h"
#include "report/model/nearest_rank.h"

#include <algorithm>
#include <numeric>

namespace streamgauge::calibrate {

namespace {

nanoseconds quantile_of(std::vector<nanoseconds>& values, double quantile) {
    if (values.empty()) return nanoseconds{0};
    const auto rank = report::nearest_rank(quantile, values.size()) - 1;
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

ErrorFigures figures_of_copy(std::vector<nanoseconds> errors) {
    return figures_of(errors);
}

void append(std::vector<nanoseconds>& to, const std::vector<nanoseconds>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

ErrorFigures figures_of(std::vector<nanoseconds>& errors) {
    if (errors.empty()) return {};
    ErrorFigures figures;
    figures.samples = errors.size();
    figures.mean = std::accumulate(errors.begin(), errors.end(), nanoseconds{0}) /
                   static_cast<std::int64_t>(errors.size());
    figures.p99 = quantile_of(errors, 0.99);
    figures.max = *std::max_element(errors.begin(), errors.end());
    return figures;
}

StampError::StampError(report::Moment begin, report::Moment end, std::size_t expected_tokens)
    : begin_{begin}, end_{end} {
    tokens_.reserve(expected_tokens);
}

void StampError::on_timeline(const report::StreamTimeline& timeline) {
    ++(timeline.outcome == report::Outcome::completed ? completed_ : failed_);
    if (!timeline.sent || timeline.tokens.empty()) return;
    if (timeline.stamps.size() != timeline.tokens.size()) return;
    if (counts(timeline.arrival(0))) add_first_token(timeline);
    add_tokens(timeline);
}

void StampError::add_first_token(const report::StreamTimeline& timeline) {
    const auto ready = timeline.tls_done.value_or(timeline.connected.value_or(timeline.intended));
    send_lags_.push_back(*timeline.sent - std::max(timeline.intended, ready));
    if (timeline.stamps[0].received == nanoseconds{0}) return;
    const auto truth = timeline.stamps[0].sent - timeline.stamps[0].received;
    const auto error = timeline.arrival(0) - *timeline.sent - truth;
    ttft_.push_back(error);
    ttft_user_.push_back(error + timeline.first_token_lag);
}

void StampError::add_tokens(const report::StreamTimeline& timeline) {
    report::for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
        if (!counts(timeline.arrival(first))) return;
        if (uncertain) {
            uncertain_ += end - first;
            return;
        }
        for (std::size_t i = first; i < end; ++i)
            tokens_.push_back(timeline.arrival(i).time_since_epoch() - timeline.stamps[i].sent);
    });
}

void StampError::merge(const StampError& other) {
    append(ttft_, other.ttft_);
    append(ttft_user_, other.ttft_user_);
    append(tokens_, other.tokens_);
    append(send_lags_, other.send_lags_);
    completed_ += other.completed_;
    failed_ += other.failed_;
    uncertain_ += other.uncertain_;
}

ErrorFigures StampError::ttft() const {
    return figures_of_copy(ttft_);
}

ErrorFigures StampError::ttft_user() const {
    return figures_of_copy(ttft_user_);
}

ErrorFigures StampError::tokens() const {
    return figures_of_copy(tokens_);
}

nanoseconds StampError::send_lag_p99() const {
    return figures_of_copy(send_lags_).p99;
}

}  // namespace streamgauge::calibrate
