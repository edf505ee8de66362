#include "bench/simulator/timer_queue.h"

#include <algorithm>

namespace streamgauge::simulator {

void TimerQueue::push(const TimerEntry& entry) {
    heap_.push_back(entry);
    std::size_t hole = heap_.size() - 1;
    while (hole > 0) {
        const std::size_t parent = (hole - 1) / 4;
        if (heap_[parent].due <= entry.due) break;
        heap_[hole] = heap_[parent];
        hole = parent;
    }
    heap_[hole] = entry;
}

void TimerQueue::pop() {
    const TimerEntry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(last);
}

void TimerQueue::sift_down(TimerEntry entry) {
    const std::size_t size = heap_.size();
    std::size_t hole = 0;
    for (;;) {
        const std::size_t first = 4 * hole + 1;
        if (first >= size) break;
        std::size_t earliest = first;
        for (std::size_t child = first + 1; child < std::min(first + 4, size); ++child) {
            if (heap_[child].due < heap_[earliest].due) earliest = child;
        }
        if (entry.due <= heap_[earliest].due) break;
        heap_[hole] = heap_[earliest];
        hole = earliest;
    }
    heap_[hole] = entry;
}

}  // namespace streamgauge::simulator
