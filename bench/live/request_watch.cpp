#include "bench/live/request_watch.h"

#include <utility>

namespace streamgauge::live {

namespace {

/// The evidence is a sentence, and long.
report::BufferingVerdict without_evidence(const report::BufferingVerdict& verdict) {
    return {.kind = verdict.kind,
            .block_bytes = verdict.block_bytes,
            .timer_period = verdict.timer_period,
            .window_tokens = verdict.window_tokens,
            .confidence = verdict.confidence,
            .severity = verdict.severity,
            .estimated_hold = verdict.estimated_hold,
            .evidence = {},
            .rhythm = verdict.rhythm};
}

void clear(EndedRequests& ended, std::size_t targets) {
    ended.requests.clear();
    ended.outcomes.assign(targets, {});
}

}  // namespace

RequestWatch::Part::Part(std::size_t targets) {
    clear(ended_, targets);
}

void RequestWatch::Part::on_timeline(const report::StreamTimeline& timeline) {
    if (recorder_ != nullptr) recorder_->on_timeline(timeline);
}

void RequestWatch::Part::on_request(const report::RequestMetrics& request) {
    const std::lock_guard lock(mutex_);
    if (request.target >= ended_.outcomes.size()) return;
    ++ended_.outcomes[request.target][static_cast<std::size_t>(request.outcome)];
    if (ended_.requests.size() >= most_waiting) return;
    ended_.requests.push_back({.target = request.target,
                               .phase = request.phase,
                               .ttft = request.ttft,
                               .send_lag = request.schedule_lag,
                               .token_events = request.token_events,
                               .uncertain_events = request.uncertain_events,
                               .buffering = without_evidence(request.buffering)});
}

void RequestWatch::Part::swap(EndedRequests& empty) {
    const std::lock_guard lock(mutex_);
    std::swap(ended_, empty);
}

RequestWatch::RequestWatch(unsigned workers, std::size_t targets) {
    for (unsigned worker = 0; worker < workers; ++worker)
        parts_.push_back(std::make_unique<Part>(targets));
    clear(taken_, targets);
    clear(spare_, targets);
}

std::vector<report::TimelineSink*> RequestWatch::sinks() const {
    std::vector<report::TimelineSink*> sinks;
    for (const auto& part : parts_)
        sinks.push_back(part.get());
    return sinks;
}

void RequestWatch::forward(unsigned worker, report::TimelineSink& recorder) {
    parts_.at(worker)->forward(recorder);
}

report::RequestObserver& RequestWatch::observer(unsigned worker) {
    return *parts_.at(worker);
}

const EndedRequests& RequestWatch::take() {
    const std::size_t targets = taken_.outcomes.size();
    clear(taken_, targets);
    for (const auto& part : parts_) {
        part->swap(spare_);
        taken_.requests.insert(taken_.requests.end(), spare_.requests.begin(), spare_.requests.end());
        for (std::size_t target = 0; target < targets; ++target) {
            for (std::size_t outcome = 0; outcome < report::outcome_count; ++outcome)
                taken_.outcomes[target][outcome] += spare_.outcomes[target][outcome];
        }
        clear(spare_, targets);
    }
    return taken_;
}

}  // namespace streamgauge::live
