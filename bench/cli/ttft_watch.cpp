#include "bench/cli/ttft_watch.h"

#include <utility>

namespace streamgauge::cli {

namespace {

/// Enough for three digits in a line that changes five times a second, and small.
constexpr double relative_error = 0.01;

}  // namespace

TtftWatch::TtftWatch(unsigned workers) {
    for (unsigned worker = 0; worker < workers; ++worker)
        sinks_.push_back(std::make_unique<Sink>());
}

std::vector<report::TimelineSink*> TtftWatch::sinks() const {
    std::vector<report::TimelineSink*> sinks;
    for (const auto& sink : sinks_)
        sinks.push_back(sink.get());
    return sinks;
}

void TtftWatch::forward(unsigned worker, report::TimelineSink& recorder) {
    sinks_.at(worker)->forward(recorder);
}

std::optional<std::chrono::nanoseconds> TtftWatch::p95() const {
    report::Histogram all(relative_error);
    for (const auto& sink : sinks_)
        sink->add_to(all);
    if (all.empty()) return std::nullopt;
    return all.quantile(0.95);
}

void TtftWatch::turn() {
    for (const auto& sink : sinks_)
        sink->turn();
}

TtftWatch::Sink::Sink() : current_(relative_error), previous_(relative_error) {}

void TtftWatch::Sink::on_timeline(const report::StreamTimeline& timeline) {
    if (recorder_ != nullptr) recorder_->on_timeline(timeline);
    if (timeline.tokens.empty()) return;
    const auto ttft = timeline.arrival(0) - timeline.intended;
    const std::lock_guard lock(mutex_);
    current_.record(ttft);
}

void TtftWatch::Sink::add_to(report::Histogram& histogram) const {
    const std::lock_guard lock(mutex_);
    histogram.merge(previous_);
    histogram.merge(current_);
}

void TtftWatch::Sink::turn() {
    const std::lock_guard lock(mutex_);
    previous_ = std::exchange(current_, report::Histogram(relative_error));
}

}  // namespace streamgauge::cli
