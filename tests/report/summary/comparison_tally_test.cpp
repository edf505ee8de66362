#include "report/summary/comparison_tally.h"

#include "tests/report/summary/pair_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using testing::compared_scenario;
using testing::paired_request;
using testing::Path;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// The requests of pair `number`, one for each path; the first path is the base.
std::vector<RequestMetrics> arrival(std::uint64_t number, const std::vector<Path>& paths,
                                    std::uint32_t phase = 0) {
    std::vector<RequestMetrics> requests;
    for (std::uint32_t i = 0; i < paths.size(); ++i) {
        const auto position = number % 2 == 0 ? i : paths.size() - 1 - i;
        requests.push_back(paired_request(number, i, paths[i], position));
        requests.back().phase = phase;
    }
    return requests;
}

void add(ComparisonTally& tally, const std::vector<RequestMetrics>& requests) {
    for (const auto& request : requests)
        tally.add(request);
}

Summary summary_of(const ComparisonTally& tally) {
    Summary summary;
    tally.summarize(summary, 3);
    return summary;
}

TEST(ComparisonTally, IsEmptyWithoutAComparison) {
    ComparisonTally tally(testing::scenario_of({"a", "b"}));
    add(tally, arrival(0, {{}, {}}));
    EXPECT_THAT(summary_of(tally).comparisons, IsEmpty());
    EXPECT_FALSE(summary_of(tally).hops);
}

TEST(ComparisonTally, IsEmptyForTargetsThatDoNotExist) {
    auto scenario = compared_scenario({"a", "b"});
    scenario.comparison->base = 7;
    ComparisonTally tally(scenario);
    add(tally, arrival(0, {{}, {}}));
    EXPECT_THAT(summary_of(tally).comparisons, IsEmpty());
}

TEST(ComparisonTally, ComparesEveryTargetInEveryPhase) {
    auto scenario = compared_scenario({"direct", "slow", "held"}, {"warm-up", "day", "night"});
    scenario.load[0].warmup = true;
    ComparisonTally tally(scenario);
    for (std::uint64_t i = 0; i < 30; ++i)
        add(tally, arrival(i, {{}, {.lag = 80ms}, {.block = 400ms}}, static_cast<std::uint32_t>(i % 3)));
    const auto summary = summary_of(tally);
    ASSERT_THAT(summary.comparisons, SizeIs(8));
    std::vector<std::string> rows;
    for (const auto& pair : summary.comparisons) {
        EXPECT_EQ(pair.base, "direct");
        rows.push_back(pair.target + "/" + pair.phase + "/" + std::to_string(pair.pairs) + "/" +
                       std::string(to_string(pair.verdict)) + (pair.warmup ? "/warmup" : ""));
    }
    EXPECT_THAT(rows, ElementsAre("slow//20/delays", "slow/warm-up/10/delays/warmup", "slow/day/10/delays",
                                  "slow/night/10/delays", "held//20/holds", "held/warm-up/10/holds/warmup",
                                  "held/day/10/holds", "held/night/10/holds"));
    EXPECT_FALSE(summary.hops);
}

TEST(ComparisonTally, ComparesWhatEndedOfAnArrivalThatTheRunCutShort) {
    ComparisonTally tally(compared_scenario({"direct", "a", "b"}));
    for (std::uint64_t i = 0; i < 6; ++i) {
        auto requests = arrival(i, {{}, {}, {}});
        requests.pop_back();
        add(tally, requests);
    }
    const auto summary = summary_of(tally);
    EXPECT_EQ(summary.comparisons[0].pairs, 6u);
    EXPECT_EQ(summary.comparisons[2].pairs, 0u);
    EXPECT_EQ(summary.comparisons[2].verdict, PairVerdict::too_few);
}

TEST(ComparisonTally, JoinsHalvesThatCameToDifferentWorkers) {
    const auto scenario = compared_scenario({"direct", "a"});
    ComparisonTally whole(scenario), left(scenario), right(scenario);
    for (std::uint64_t i = 0; i < 9; ++i) {
        const auto requests = arrival(i, {{}, {.block = (i + 1) * 50ms}});
        add(whole, requests);
        left.add(requests[i % 2]);
        right.add(requests[1 - i % 2]);
    }
    left.merge(right);
    const auto expected = summary_of(whole).comparisons[0], found = summary_of(left).comparisons[0];
    EXPECT_EQ(found.pairs, 9u);
    EXPECT_EQ(found.hold_p95->value, expected.hold_p95->value);
    EXPECT_EQ(found.hold_p95->low, expected.hold_p95->low);
}

/// A chain whose hops treat streams so, the base first.
HopSummary judged(const std::vector<Path>& paths) {
    auto scenario = compared_scenario({"pod", "service", "ingress", "edge"});
    scenario.comparison->chain = true;
    ComparisonTally tally(scenario);
    for (std::uint64_t i = 0; i < 12; ++i)
        add(tally, arrival(i, paths));
    return summary_of(tally).hops.value();
}

TEST(Hops, NameTheFirstThatHolds) {
    const auto hops = judged({{}, {}, {.block = 300ms}, {.block = 300ms}});
    EXPECT_THAT(hops.chain, ElementsAre("edge", "ingress", "service", "pod"));
    EXPECT_EQ(hops.holds, "ingress");
    EXPECT_FALSE(hops.slows);
}

TEST(Hops, TellASlowOneFromOneThatHolds) {
    const auto hops = judged({{}, {.lag = 80ms}, {.lag = 80ms}, {.lag = 80ms}});
    EXPECT_FALSE(hops.holds);
    EXPECT_EQ(hops.slows, "service");
}

TEST(Hops, AreNotJudgedOnTooFewPairs) {
    auto scenario = compared_scenario({"pod", "service"});
    scenario.comparison->chain = true;
    ComparisonTally tally(scenario);
    for (std::uint64_t i = 0; i < 4; ++i)
        add(tally, arrival(i, {{}, {.block = 400ms}}));
    EXPECT_FALSE(summary_of(tally).hops->holds);
}

}  // namespace
}  // namespace streamgauge::report
