#include "bench/simulator/timer_queue.h"

#include "bench/simulator/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace streamgauge::simulator {
namespace {

Instant at(std::uint64_t nanoseconds) {
    return Instant{std::chrono::nanoseconds{static_cast<std::int64_t>(nanoseconds)}};
}

TEST(TimerQueue, GivesEntriesInTheOrderOfTheirTimes) {
    TimerQueue queue;
    Random random{3};
    std::vector<Instant> expected;
    for (std::uint32_t slot = 0; slot < 2'000; ++slot) {
        const Instant due = at(random.next() % 500);
        expected.push_back(due);
        queue.push({due, slot, 0});
    }
    std::sort(expected.begin(), expected.end());
    for (const Instant due : expected) {
        ASSERT_EQ(queue.top().due, due);
        queue.pop();
    }
    EXPECT_TRUE(queue.empty());
}

TEST(TimerQueue, StaysOrderedWhileStreamsTakeTurns) {
    TimerQueue queue;
    Random random{4};
    for (std::uint32_t slot = 0; slot < 100; ++slot)
        queue.push({at(random.next() % 1000), slot, 0});
    Instant last = at(0);
    for (int turn = 0; turn < 5'000; ++turn) {
        TimerEntry entry = queue.top();
        ASSERT_GE(entry.due, last);
        last = entry.due;
        queue.pop();
        entry.due += std::chrono::nanoseconds{random.next() % 1000};
        queue.push(entry);
    }
    EXPECT_EQ(queue.size(), 100u);
}

TEST(TimerQueue, KeepsWhoIsDue) {
    TimerQueue queue;
    queue.push({at(20), 2, 22});
    queue.push({at(10), 1, 11});
    EXPECT_EQ(queue.top().slot, 1u);
    EXPECT_EQ(queue.top().generation, 11u);
}

}  // namespace
}  // namespace streamgauge::simulator
