#include "report/export/worker_log.h"

#include "tests/report/summary/run_fixture.h"
#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using namespace std::chrono_literals;

/// Request `number`, one a quarter of a second, four tokens 10 ms apart.
StreamTimeline stream(int number, std::uint32_t target = 0) {
    TimelineBuilder builder;
    builder.raw().request_id = std::to_string(number);
    const auto due = number * 250ms;
    return builder.target(target).intended(due).sent(due).steady_tokens(4, due + 50ms, 10ms).build();
}

std::size_t add(WorkerLog& log, const StreamTimeline& timeline, bool first_of_outcome = false) {
    auto request = completed_request(timeline.intended - TimelineBuilder::run_start);
    request.request_id = timeline.request_id;
    request.target = timeline.target;
    return log.add(timeline, request, first_of_outcome);
}

TEST(WorkerLogTest, HandsOverWhatItHasOnce) {
    WorkerLog log(1, 10);
    EXPECT_EQ(add(log, stream(0)), 1U);
    EXPECT_EQ(add(log, stream(1)), 2U);
    const auto batch = log.take();
    ASSERT_EQ(batch.rows.size(), 2U);
    EXPECT_EQ(batch.rows[1].request_id, "1");
    const auto empty = log.take();
    EXPECT_TRUE(empty.rows.empty());
    EXPECT_TRUE(empty.gaps.empty());
    EXPECT_EQ(add(log, stream(2)), 1U);
}

TEST(WorkerLogTest, DropsRowsAndCountsThemWhenFull) {
    WorkerLog log(1, 3);
    for (int number = 0; number < 10; ++number)
        EXPECT_LE(add(log, stream(number)), 3U);
    EXPECT_EQ(log.rows_lost(), 7U);
    const auto batch = log.take();
    EXPECT_EQ(batch.rows.size(), 3U);
    EXPECT_EQ(batch.rows.back().request_id, "2");
    // Gaps and timelines are bounded by themselves and stay.
    std::uint64_t gaps = 0;
    for (const auto& [key, counts] : batch.gaps)
        gaps += counts.gaps.count();
    EXPECT_EQ(gaps, 30U);
    EXPECT_EQ(log.keeper().kept().size(), 10U);
    EXPECT_EQ(add(log, stream(10)), 1U);
    EXPECT_EQ(log.rows_lost(), 7U);
}

TEST(WorkerLogTest, CountsGapsByTargetAndSecond) {
    WorkerLog log(1, 100);
    for (int number = 0; number < 6; ++number)
        add(log, stream(number, number == 5 ? 1 : 0));
    const auto gaps = log.take().gaps;
    ASSERT_EQ(gaps.size(), 3U);
    EXPECT_EQ(gaps.at({0, 0, 0}).gaps.count(), 12U);
    EXPECT_EQ(gaps.at({0, 0, 1}).gaps.count(), 3U);
    EXPECT_EQ(gaps.at({0, 0, 1}).start, 1s);
    EXPECT_EQ(gaps.at({1, 0, 1}).gaps.count(), 3U);
    EXPECT_EQ(gaps.at({1, 0, 1}).gaps.max(), 10ms);
}

TEST(WorkerLogTest, KeepsMinutesApartWhenSecondsBecomeTooMany) {
    WorkerLog log(1, 1);
    for (int number = 0; number < 40'000; ++number)
        add(log, stream(number));
    const auto gaps = log.take().gaps;
    EXPECT_LT(gaps.size(), 800U);  // of 10,000 seconds
    std::uint64_t count = 0;
    for (const auto& [key, counts] : gaps)
        count += counts.gaps.count();
    EXPECT_EQ(count, 120'000U);
}

TEST(WorkerLogTest, KeepsTheFirstOfAnOutcomeWhole) {
    WorkerLog log(1, 10);
    add(log, stream(0), true);
    add(log, stream(1), false);
    const auto batch = log.take();
    ASSERT_EQ(batch.first_of_outcome.size(), 1U);
    EXPECT_EQ(batch.first_of_outcome.front()->request_id, "0");
    EXPECT_EQ(batch.first_of_outcome.front()->tokens.size(), 4U);
}

}  // namespace
}  // namespace streamgauge::report
