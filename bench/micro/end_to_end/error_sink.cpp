#include "bench/micro/end_to_end/error_sink.h"

#include "report/model/client_certainty.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace streamgauge::micro {
namespace {

using std::chrono::nanoseconds;

constexpr double ns_per_us = 1e3;

}  // namespace

void TtftErrors::reserve(std::uint64_t streams) {
    // Touched, not only promised.
    errors_.assign(streams, 0);
    errors_.clear();
}

void TtftErrors::write(Figures& figures, Figure mean, Figure p99) const {
    if (errors_.empty()) return;
    const double sum = std::accumulate(errors_.begin(), errors_.end(), 0.0);
    std::vector<std::int64_t> sizes;
    sizes.reserve(errors_.size());
    for (const auto error : errors_)
        sizes.push_back(std::abs(error));
    const auto rank = static_cast<std::size_t>(std::ceil(0.99 * static_cast<double>(sizes.size()))) - 1;
    std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(rank), sizes.end());
    figures[mean] = sum / static_cast<double>(errors_.size()) / ns_per_us;
    figures[p99] = static_cast<double>(sizes[rank]) / ns_per_us;
}

void write_token_error(const report::Histogram& errors, Figures& figures) {
    if (errors.empty()) return;
    figures[Figure::token_error_mean] = errors.mean_ns() / ns_per_us;
    figures[Figure::token_error_p99] = static_cast<double>(errors.quantile(0.99).count()) / ns_per_us;
    figures[Figure::token_error_max] = static_cast<double>(errors.max().count()) / ns_per_us;
}

ErrorSink::ErrorSink(const Load& load, report::Moment start, report::TimelineSink* next)
    : load_{load}, start_{start}, next_{next} {
    if (!load.with_errors) return;
    ttft_errors_.reserve(load.streams);
    ttft_errors_user_.reserve(load.streams);
}

bool ErrorSink::counts(report::ServerStamp stamp) const {
    const report::Moment sent{stamp.sent};
    return !load_.errors_in_window || (sent >= load_.window_begin(start_) && sent < load_.window_end(start_));
}

void ErrorSink::on_timeline(const report::StreamTimeline& timeline) {
    if (next_ != nullptr) next_->on_timeline(timeline);
    if (timeline.outcome == report::Outcome::completed) ++complete_;
    tokens_ += timeline.tokens.size();
    if (timeline.sent) {
        send_lag_.record(*timeline.sent - timeline.intended);
        last_sent_ = std::max(last_sent_, *timeline.sent);
    }
    if (!load_.with_errors) return;
    if (timeline.stamps.size() != timeline.tokens.size() || timeline.stamps.empty() || !timeline.sent) return;
    for (std::size_t i = 0; i < timeline.tokens.size(); ++i) {
        const nanoseconds error = timeline.arrival(i).time_since_epoch() - timeline.stamps[i].sent;
        if (counts(timeline.stamps[i])) token_errors_.record(std::chrono::abs(error));
    }
    const auto& first = timeline.stamps.front();
    const nanoseconds error = timeline.arrival(0) - *timeline.sent - (first.sent - first.received);
    ttft_errors_.add(error);
    ttft_errors_user_.add(error + timeline.first_token_lag);
    report::for_each_token_read(timeline, [this](std::size_t begin, std::size_t end, bool uncertain) {
        if (uncertain) uncertain_ += end - begin;
    });
}

void ErrorSink::write(Figures& figures) const {
    ttft_errors_.write(figures, Figure::ttft_error_mean, Figure::ttft_error_p99);
    ttft_errors_user_.write(figures, Figure::ttft_error_user_mean, Figure::ttft_error_user_p99);
    write_token_error(token_errors_, figures);
    figures[Figure::streams_complete] = static_cast<double>(complete_);
    if (!load_.repeated_tokens) {
        figures[Figure::tokens_missing] =
            static_cast<double>(load_.streams * load_.tokens()) - static_cast<double>(tokens_);
    }
    if (tokens_ > 0)
        figures[Figure::uncertain_share] = static_cast<double>(uncertain_) / static_cast<double>(tokens_);
    if (send_lag_.empty()) return;
    figures[Figure::send_lag_p99] = static_cast<double>(send_lag_.quantile(0.99).count()) / 1e6;
    figures[Figure::all_sent] = std::chrono::duration<double, std::milli>(last_sent_ - start_).count();
}

}  // namespace streamgauge::micro
