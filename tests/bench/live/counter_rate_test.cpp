#include "bench/live/counter_rate.h"

#include <gtest/gtest.h>

namespace streamgauge::live {
namespace {

using namespace std::chrono_literals;

TEST(CounterRate, CountsFromTheStartOfTheRun) {
    CounterRate rate(5s);
    EXPECT_DOUBLE_EQ(rate.sample(5s, 500), 100);
    EXPECT_DOUBLE_EQ(rate.sample(10s, 600), 20);
}

TEST(CounterRate, IsZeroWhereNoTimePassed) {
    CounterRate rate(1s);
    EXPECT_EQ(rate.sample(-10ms, 0), 0);
    EXPECT_EQ(CounterRate(1s).sample(0s, 500), 0);
}

TEST(CounterRate, LooksBackOneSpan) {
    CounterRate rate(1s);
    std::uint64_t total = 0;
    for (int i = 0; i < 10; ++i)
        rate.sample(i * 200ms, total += 20);
    double last = 0;
    for (int i = 10; i < 20; ++i)
        last = rate.sample(i * 200ms, total += 40);
    EXPECT_DOUBLE_EQ(last, 200);
}

TEST(CounterRate, WorksWhereSamplesAreFurtherApartThanTheSpan) {
    CounterRate rate(1s);
    rate.sample(0s, 0);
    EXPECT_DOUBLE_EQ(rate.sample(5s, 100), 20);
    EXPECT_DOUBLE_EQ(rate.sample(10s, 100), 0);
}

}  // namespace
}  // namespace streamgauge::live
