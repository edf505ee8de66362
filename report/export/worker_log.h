#pragma once

#include "report/export/gap_row.h"
#include "report/export/timeline_keeper.h"
#include "report/summary/request_metrics.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace streamgauge::report {

/// What one worker has finished and the writer has not yet taken: a bounded queue. The worker takes the lock
/// once a request and nearly always finds it free; the writer holds it only to swap.
class WorkerLog {
  public:
    struct Batch {
        std::vector<RequestMetrics> rows;
        std::vector<std::shared_ptr<const StreamTimeline>> first_of_outcome;
        GapTable gaps;
    };

    /// `most_rows` is how many rows wait at most.
    WorkerLog(std::uint64_t seed, std::size_t most_rows) : most_rows_(most_rows), keeper_(seed) {}

    /// Adds a finished request. Returns how many rows wait; when there is no room the row alone is lost.
    std::size_t add(const StreamTimeline& timeline, RequestMetrics request, bool first_of_outcome);

    Batch take();
    TimelineKeeper keeper() const;  ///< a copy; what it keeps is shared
    std::uint64_t rows_lost() const { return rows_lost_.load(std::memory_order_relaxed); }

  private:
    void add_gaps(const StreamTimeline& timeline, const RequestMetrics& request);

    const std::size_t most_rows_;
    mutable std::mutex mutex_;
    Batch waiting_;
    TimelineKeeper keeper_;
    std::atomic<std::uint64_t> rows_lost_{0};
};

}  // namespace streamgauge::report
