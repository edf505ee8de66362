#pragma once

#include "report/summary/phase_time.h"
#include "report/summary/request_metrics.h"
#include "report/summary/time_slots.h"

#include <chrono>
#include <cstdint>
#include <vector>

namespace streamgauge::report {

/// How many requests of one target were open at a time, from their intended moment to their end. The count is
/// exact at the borders of slots, which are 1 ms long at first and at most 2,048.
class Concurrency {
  public:
    /// A request that never was open (it has no `total`) does not count.
    void add(const RequestMetrics& request);
    void merge(const Concurrency& other) { changes_.merge(other.changes_); }

    /// Most requests open at once while the phase was on, whatever phase they belong to.
    std::uint64_t maximum(const PhaseTime& phase) const;

  private:
    struct Change {
        std::int64_t opened_less_ended = 0;
        std::uint64_t opened = 0;

        void merge(const Change& other) {
            opened_less_ended += other.opened_less_ended;
            opened += other.opened;
        }
    };

    TimeSlots<Change> changes_{std::chrono::milliseconds{1}, 2'048};
};

}  // namespace streamgauge::report
