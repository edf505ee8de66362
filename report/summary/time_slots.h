#pragma once

#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

namespace streamgauge::report {

/// Equal stretches of time from the start of the run, each with a `Slot` that can `merge` another. When time
/// goes past `limit` of them they double in length and pairs become one, so memory stays flat however long
/// the run. The length depends on the latest moment alone, so the order of merging does not matter.
template <typename Slot>
class TimeSlots {
  public:
    using nanoseconds = std::chrono::nanoseconds;

    TimeSlots(nanoseconds length, std::size_t limit) : length_(length), limit_(limit) {}

    nanoseconds length() const { return length_; }
    const std::vector<Slot>& slots() const { return slots_; }
    std::size_t index(nanoseconds time) const {
        return time.count() <= 0 ? 0 : static_cast<std::size_t>(time / length_);
    }

    /// Makes room for `time`; after this `at` of anything up to it does not change the length.
    void reach(nanoseconds time) {
        while (index(time) >= limit_)
            coarsen();
        if (index(time) >= slots_.size()) slots_.resize(index(time) + 1);
    }

    /// The slot of a moment. Moments before the start count in the first.
    Slot& at(nanoseconds time) {
        reach(time);
        return slots_[index(time)];
    }
    Slot& slot(std::size_t index) { return slots_[index]; }

    /// `other` began with the same length and limit.
    void merge(const TimeSlots& other) {
        while (length_ < other.length_)
            coarsen();
        const auto times = static_cast<std::size_t>(length_ / other.length_);
        const std::size_t needed = (other.slots_.size() + times - 1) / times;
        if (needed > slots_.size()) slots_.resize(needed);
        for (std::size_t i = 0; i < other.slots_.size(); ++i)
            slots_[i / times].merge(other.slots_[i]);
    }

  private:
    void coarsen() {
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (i % 2 == 1) {
                slots_[i / 2].merge(slots_[i]);
            } else if (i > 0) {
                slots_[i / 2] = std::move(slots_[i]);
            }
        }
        slots_.resize((slots_.size() + 1) / 2);
        length_ *= 2;
    }

    nanoseconds length_;
    std::size_t limit_;
    std::vector<Slot> slots_;
};

}  // namespace streamgauge::report
