#include "bench/net/core_wait.h"

#include <gtest/gtest.h>

#include <sched.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;

void run_on_core(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    ASSERT_EQ(sched_setaffinity(0, sizeof set, &set), 0);
}

int some_core() {
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_getaffinity(0, sizeof set, &set);
    int core = 0;
    while (!CPU_ISSET(core, &set))
        ++core;
    return core;
}

TEST(CoreWait, GrowsWhileAnotherThreadHasTheCore) {
    const int core = some_core();
    std::atomic<bool> enough{false};
    std::jthread other{[&] {
        run_on_core(core);
        while (!enough.load(std::memory_order_relaxed)) {
        }
    }};
    std::jthread{[&] {
        run_on_core(core);
        CoreWait wait;
        if (!wait.total()) {
            enough = true;
            GTEST_SKIP() << "this kernel does not count the time spent waiting for a core";
        }
        const auto before = *wait.total();
        // Two busy threads share one core: each has to wait for the other sooner or later.
        while (*wait.total() - before < 1ms) {
        }
        EXPECT_GE(wait.before(report::Moment{1s}), 1ms);
        EXPECT_GE(wait.before(report::Moment{1s}), 1ms) << "all sockets of one turn hear the same";
        const auto since = *wait.total();
        while (*wait.total() - since < 1ms) {
        }
        EXPECT_GE(wait.before(report::Moment{2s}), 1ms);
        EXPECT_LT(wait.before(report::Moment{2s}), *wait.total() - before)
            << "the first wait was told before";
        enough = true;
    }}.join();
}

TEST(CoreWait, NeverRunsBackwards) {
    CoreWait wait;
    const auto before = wait.total();
    const auto after = wait.total();
    ASSERT_EQ(before.has_value(), after.has_value());
    if (before) {
        EXPECT_GE(*after, *before);
    }
    EXPECT_GE(wait.before(report::Moment{1s}), 0ns);
}

}  // namespace
}  // namespace streamgauge::net
