#include "bench/cli/abort_watch.h"

#include "report/model/outcome.h"
#include "report/summary/metric.h"

#include <utility>

namespace streamgauge::cli {

namespace {

using report::Sample;

/// As the report counts: every first token, and a timeout before it as longer than its wait.
Sample ttft_of(const report::StreamTimeline& timeline) {
    if (!timeline.tokens.empty()) return {Sample::Kind::measured, timeline.arrival(0) - timeline.intended};
    if (!report::is_timeout(timeline.outcome) || !timeline.end) return {};
    return {Sample::Kind::censored, *timeline.end - timeline.intended};
}

}  // namespace

AbortWatch::AbortWatch(unsigned workers, std::size_t targets) : targets_(targets) {
    for (unsigned worker = 0; worker < workers; ++worker)
        sinks_.push_back(std::make_unique<Sink>(targets));
}

report::TimelineSink& AbortWatch::in_front_of(unsigned worker, report::TimelineSink& recorder) {
    Sink& sink = *sinks_.at(worker);
    sink.forward(recorder);
    return sink;
}

std::vector<EndedRequests> AbortWatch::take() {
    std::vector<EndedRequests> all(targets_);
    for (const auto& sink : sinks_) {
        const auto ended = sink->take();
        for (std::size_t target = 0; target < targets_; ++target)
            all[target].merge(ended[target]);
    }
    return all;
}

void AbortWatch::Sink::on_timeline(const report::StreamTimeline& timeline) {
    if (recorder_ != nullptr) recorder_->on_timeline(timeline);
    if (timeline.target >= ended_.size() || timeline.outcome == report::Outcome::cancelled) return;
    const Sample ttft = ttft_of(timeline);
    const std::lock_guard lock(mutex_);
    EndedRequests& ended = ended_[timeline.target];
    ++ended.counted;
    if (report::is_error(timeline.outcome)) ++ended.errors;
    ended.ttft.record(ttft);
}

std::vector<EndedRequests> AbortWatch::Sink::take() {
    std::vector<EndedRequests> fresh(ended_.size());
    const std::lock_guard lock(mutex_);
    return std::exchange(ended_, std::move(fresh));
}

}  // namespace streamgauge::cli
