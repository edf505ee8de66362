#include "report/export/timeline_keeper.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

#include <set>

namespace streamgauge::report {
namespace {

using namespace testing;
using namespace std::chrono_literals;

/// Stream `number` lasts a random-looking time; streams 500, 600 and 700 are by far the slowest.
std::chrono::nanoseconds e2e_of(int number) {
    if (number == 500 || number == 600 || number == 700) return 10s + number * 1ms;
    return 100ms + (number * 7919 % 1000) * 1ms;
}

StreamTimeline stream(int number, std::uint32_t target = 0) {
    TimelineBuilder builder;
    builder.raw().request_id = "id-" + std::to_string(number);
    builder.raw().response_headers = {{"Via", "1.1 x"}, {"Set-Cookie", "id"}};
    return builder.target(target).intended(number * 1ms).token(number * 1ms + e2e_of(number)).build();
}

void offer(TimelineKeeper& keeper, int begin, int end, int step = 1, std::uint32_t target = 0) {
    for (int number = begin; number < end; number += step)
        keeper.offer(stream(number, target), e2e_of(number));
}

std::vector<std::string> ids(const TimelineKeeper& keeper) {
    std::vector<std::string> ids;
    for (const auto& kept : keeper.kept())
        ids.push_back(kept->request_id);
    return ids;
}

constexpr TimelineLimits limits{.sample = 50, .slowest = 3};

TEST(TimelineKeeperTest, KeepsAllWhileTheyAreFew) {
    TimelineKeeper keeper(1, limits);
    offer(keeper, 0, 40);
    ASSERT_EQ(keeper.kept().size(), 40U);
    EXPECT_EQ(keeper.kept()[7]->request_id, "id-7");
    EXPECT_EQ(keeper.kept()[7]->tokens.size(), 1U);
}

TEST(TimelineKeeperTest, KeepsASampleAndTheSlowest) {
    TimelineKeeper keeper(1, limits);
    offer(keeper, 0, 1000);
    const auto kept = ids(keeper);
    const std::set<std::string> set(kept.begin(), kept.end());
    EXPECT_EQ(set.size(), kept.size());
    EXPECT_GE(kept.size(), limits.sample);
    EXPECT_LE(kept.size(), limits.sample + limits.slowest);
    for (const auto* slow : {"id-500", "id-600", "id-700"})
        EXPECT_TRUE(set.contains(slow)) << slow;
}

TEST(TimelineKeeperTest, TakesTheSampleFromTheWholeRun) {
    TimelineKeeper keeper(1, {.sample = 200, .slowest = 0});
    offer(keeper, 0, 4000);
    std::array<int, 4> quarters{};
    for (const auto& kept : keeper.kept())
        ++quarters.at(static_cast<std::size_t>((kept->intended - TimelineBuilder::run_start) / 1s));
    // 50 each on average with a standard deviation of 6.
    for (const int quarter : quarters) {
        EXPECT_GT(quarter, 25);
        EXPECT_LT(quarter, 75);
    }
}

TEST(TimelineKeeperTest, DependsNeitherOnOrderNorOnWorkers) {
    TimelineKeeper one(9, limits), even(9, limits), odd(9, limits), backwards(9, limits);
    offer(one, 0, 1000);
    offer(even, 0, 1000, 2);
    offer(odd, 1, 1000, 2);
    for (int number = 999; number >= 0; --number)
        backwards.offer(stream(number), e2e_of(number));
    even.merge(odd);
    EXPECT_EQ(ids(even), ids(one));
    EXPECT_EQ(ids(backwards), ids(one));
}

TEST(TimelineKeeperTest, DependsOnTheSeed) {
    TimelineKeeper one(1, limits), other(2, limits);
    offer(one, 0, 1000);
    offer(other, 0, 1000);
    EXPECT_NE(ids(one), ids(other));
}

TEST(TimelineKeeperTest, KeepsAsManyOfEachTarget) {
    TimelineKeeper keeper(1, {.sample = 10, .slowest = 0});
    offer(keeper, 0, 1000, 1, 0);
    offer(keeper, 1000, 1005, 1, 1);
    EXPECT_EQ(keeper.kept().size(), 15U);
}

TEST(TimelineKeeperTest, SamplesStreamsWithoutTokensToo) {
    TimelineKeeper keeper(1, {.sample = 0, .slowest = 5}), sample(1, {.sample = 5, .slowest = 0});
    keeper.offer(stream(1), std::nullopt);
    sample.offer(stream(1), std::nullopt);
    EXPECT_TRUE(keeper.kept().empty());
    EXPECT_EQ(sample.kept().size(), 1U);
}

TEST(TimelineKeeperTest, CutsWhatNoFileKeeps) {
    TimelineKeeper keeper(1, limits);
    TimelineBuilder builder;
    builder.steady_tokens(20'010, 1ms, 1us);
    builder.raw().response_headers = {{"Via", "1.1 x"}, {"Set-Cookie", "id"}};
    builder.raw().stamps.resize(20'010, {1ns, 2ns});
    keeper.offer(builder.build(), 1s);
    const auto kept = keeper.kept();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0]->reads.size(), 20'000U);
    EXPECT_EQ(kept[0]->tokens.size(), 20'000U);
    EXPECT_EQ(kept[0]->stamps.size(), 20'000U);
    ASSERT_EQ(kept[0]->response_headers.size(), 1U);
    EXPECT_EQ(kept[0]->response_headers[0].first, "Via");
}

}  // namespace
}  // namespace streamgauge::report
