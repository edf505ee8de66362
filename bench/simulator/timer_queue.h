#pragma once

#include "bench/simulator/clock.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace streamgauge::simulator {

/// Who is due when. `slot` and `generation` name a connection; the entry of one that has gone stays until it
/// is due and is then recognised by its generation.
struct TimerEntry {
    Instant due;
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;
};

/// The due times of one worker thread: a heap with four children a node, which is half as deep as a binary
/// one and keeps the children of a node in one cache line.
class TimerQueue {
  public:
    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }

    /// The earliest entry. The queue must not be empty.
    const TimerEntry& top() const { return heap_.front(); }

    void push(const TimerEntry& entry);
    void pop();

  private:
    void sift_down(TimerEntry entry);

    std::vector<TimerEntry> heap_;
};

}  // namespace streamgauge::simulator
