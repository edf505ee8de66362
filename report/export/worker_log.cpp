#include "report/export/worker_log.h"

#include <chrono>
#include <utility>

namespace streamgauge::report {
namespace {

/// So many tables wait only when the disk has stood still for long; then minutes are kept apart, not seconds.
constexpr std::size_t many_tables = 600;

}  // namespace

std::size_t WorkerLog::add(const StreamTimeline& timeline, RequestMetrics request, bool first_of_outcome) {
    const std::lock_guard lock(mutex_);
    add_gaps(timeline, request);
    keeper_.offer(timeline, request.e2e);
    if (first_of_outcome) waiting_.first_of_outcome.push_back(std::make_shared<StreamTimeline>(timeline));
    if (waiting_.rows.size() >= most_rows_) {
        rows_lost_.fetch_add(1, std::memory_order_relaxed);
    } else {
        waiting_.rows.push_back(std::move(request));
    }
    return waiting_.rows.size();
}

void WorkerLog::add_gaps(const StreamTimeline& timeline, const RequestMetrics& request) {
    GapCounts* counts = nullptr;
    for_each_gap(timeline, [&](std::chrono::nanoseconds gap) {
        if (!counts) {
            auto second = std::chrono::floor<std::chrono::seconds>(request.start).count();
            if (waiting_.gaps.size() > many_tables) second -= second % 60;
            const GapKey key{request.target, request.phase, second};
            counts = &waiting_.gaps.try_emplace(key, GapCounts{request.start, Histogram()}).first->second;
        }
        counts->gaps.record(gap);
    });
}

WorkerLog::Batch WorkerLog::take() {
    Batch batch;
    {
        const std::lock_guard lock(mutex_);
        std::swap(batch, waiting_);
    }
    return batch;
}

TimelineKeeper WorkerLog::keeper() const {
    const std::lock_guard lock(mutex_);
    return keeper_;
}

}  // namespace streamgauge::report
