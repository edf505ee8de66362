#include "bench/simulator/statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(LatenessHistogram, BucketsHoldTheirValuesWithinThreePercent) {
    for (std::uint64_t value = 1; value < (1ULL << 39); value += value / 7 + 1) {
        const auto upper = LatenessHistogram::upper_bound(LatenessHistogram::bucket_of(value)).count();
        EXPECT_GE(upper, static_cast<std::int64_t>(value));
        EXPECT_LE(static_cast<double>(upper), static_cast<double>(value) * 1.032);
    }
}

TEST(LatenessHistogram, ValuesPastTheRangeCountAsTheLargest) {
    EXPECT_EQ(LatenessHistogram::bucket_of(~0ULL), LatenessHistogram::bucket_count - 1);
}

TEST(StatisticsSnapshot, QuantilesAreThoseOfTheCounts) {
    const auto worker = std::make_unique<WorkerStatistics>();
    for (int microseconds = 1; microseconds <= 1000; ++microseconds) {
        worker->lateness.record(std::chrono::microseconds{microseconds});
    }
    StatisticsSnapshot snapshot;
    EXPECT_EQ(snapshot.lateness_quantile(0.5), 0ns);
    snapshot.add(*worker);
    EXPECT_NEAR(static_cast<double>(snapshot.lateness_quantile(0.5).count()), 500e3, 17e3);
    EXPECT_NEAR(static_cast<double>(snapshot.lateness_quantile(0.99).count()), 990e3, 33e3);
    EXPECT_NEAR(static_cast<double>(snapshot.lateness_quantile(1.0).count()), 1000e3, 33e3);
}

TEST(StatisticsSnapshot, NegativeLatenessCountsAsNone) {
    const auto worker = std::make_unique<WorkerStatistics>();
    worker->lateness.record(-5ms);
    StatisticsSnapshot snapshot;
    snapshot.add(*worker);
    EXPECT_EQ(snapshot.lateness[0], 1u);
}

TEST(StatisticsSnapshot, SumsWorkersAndSubtractsABaseline) {
    const auto first = std::make_unique<WorkerStatistics>();
    const auto second = std::make_unique<WorkerStatistics>();
    first->events.add(5);
    second->events.add(7);
    second->streams_open.add(2);
    second->streams_open.subtract(1);
    StatisticsSnapshot baseline;
    baseline.add(*first);
    baseline.add(*second);
    EXPECT_EQ(baseline.events, 12u);
    first->events.add(3);
    first->lateness.record(2ms);
    StatisticsSnapshot later;
    later.add(*first);
    later.add(*second);
    const auto since = later.since(baseline);
    EXPECT_EQ(since.events, 3u);
    EXPECT_EQ(since.streams_open, 1u);
    EXPECT_THAT(since.to_json(), HasSubstr(R"("events":3,)"));
    EXPECT_THAT(since.to_json(), HasSubstr(R"("lateness_ns":{"p50":20)"));
}

}  // namespace
}  // namespace streamgauge::simulator
