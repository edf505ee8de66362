#include "bench/load/shared_run.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace streamgauge::load {
namespace {

scenarios::Scenario scenario() {
    scenarios::Scenario scenario;
    scenario.targets.resize(1);
    scenario.load.resize(1);
    return scenario;
}

TEST(SharedRun, WithoutALimitRequestsNeverRunOut) {
    const auto what = scenario();
    SharedRun run{what, 1, {}, 1};
    for (int i = 0; i < 1000; ++i)
        ASSERT_TRUE(run.take_arrival());
}

TEST(SharedRun, WorkersTogetherTakeExactlyAsManyRequestsAsTheLimit) {
    auto what = scenario();
    what.limits.requests = 1000;
    SharedRun run{what, 4, {}, 1};
    std::atomic<int> taken{0};
    {
        std::vector<std::jthread> workers;
        workers.reserve(4);
        for (int i = 0; i < 4; ++i) {
            workers.emplace_back([&] {
                while (run.take_arrival())
                    ++taken;
            });
        }
    }
    EXPECT_EQ(taken, 1000);
}

TEST(SharedRun, PairsAreTakenWholeOrNotAtAll) {
    auto what = scenario();
    what.targets.resize(3);
    what.comparison = {.base = 0, .with = {1, 2}, .chain = false, .prompts = {}, .where = {}};
    what.limits.requests = 10;
    SharedRun run{what, 1, {}, 1};
    int taken = 0;
    while (run.take_arrival())
        ++taken;
    EXPECT_EQ(taken, 3);
}

TEST(SharedRun, TheTokenLimitIsReachedOnce) {
    auto what = scenario();
    what.limits.output_tokens = 100;
    SharedRun run{what, 1, {}, 1};
    EXPECT_FALSE(run.spend_tokens(99));
    EXPECT_TRUE(run.spend_tokens(5));
    EXPECT_FALSE(run.spend_tokens(5));
}

}  // namespace
}  // namespace streamgauge::load
