#include "report/summary/pair_tally.h"

#include "tests/report/summary/pair_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using testing::paired_request;
using testing::Path;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

void add_pair(PairTally& tally, std::uint64_t number, const Path& path, bool path_first) {
    const auto half = [&](std::uint32_t target, const Path& way, bool first) {
        return PairHalf::of(paired_request(number, target, way, first ? 0 : 1));
    };
    tally.add(number * 0x9e3779b97f4a7c15, half(1, path, path_first), half(0, {}, !path_first));
}

PairTally tally_of(std::uint64_t pairs, const Path& path) {
    PairTally tally;
    for (std::uint64_t i = 0; i < pairs; ++i)
        add_pair(tally, i, path, i % 2 == 0);
    return tally;
}

PairSummary summary_of(const PairTally& tally) {
    PairSummary summary;
    summary.target = "gateway";
    summary.base = "direct";
    tally.summarize(summary, 1);
    return summary;
}

TEST(PairTally, FindsAConstantDelayAndNoHold) {
    const auto summary = summary_of(tally_of(12, {.lag = 80ms}));
    EXPECT_EQ(summary.pairs, 12u);
    EXPECT_EQ(summary.verdict, PairVerdict::delays);
    EXPECT_EQ(summary.lag->value, 80ms);
    EXPECT_EQ(summary.ttft_added->value, 80ms);
    EXPECT_EQ(summary.hold_p95->value, 0ms);
    EXPECT_THAT(summary.hold_curve, SizeIs(50));
    EXPECT_EQ(summary.hold_curve.front().second, 0);
    EXPECT_THAT(summary.warnings, IsEmpty());
    ASSERT_TRUE(summary.order_effect);
    EXPECT_EQ(summary.order_effect->path_first, 6u);
    EXPECT_EQ(summary.output_length_difference, 0);
}

TEST(PairTally, FindsBlocksBesideTheDelay) {
    const auto summary = summary_of(tally_of(12, {.lag = 80ms, .block = 400ms}));
    EXPECT_EQ(summary.verdict, PairVerdict::holds);
    EXPECT_NEAR(static_cast<double>(summary.lag->value.count()), 80e6, 11e6);
    EXPECT_GT(summary.hold_p95->value, 300ms);
    EXPECT_LE(summary.hold_p95->low, summary.hold_p95->value);
    EXPECT_GE(summary.hold_p95->high, summary.hold_p95->value);
    EXPECT_GT(summary.ttft_added->value, 300ms);
    const auto most =
        std::ranges::max_element(summary.hold_curve, {}, [](auto& point) { return point.second; });
    EXPECT_GT(most->second, 300e6);
}

TEST(PairTally, FindsNothingOnAPathThatPasses) {
    EXPECT_EQ(summary_of(tally_of(12, {})).verdict, PairVerdict::passes);
    EXPECT_EQ(summary_of(tally_of(12, {.lag = 5ms})).verdict, PairVerdict::passes);
}

TEST(PairTally, NeedsFivePairs) {
    const auto four = summary_of(tally_of(4, {.block = 400ms}));
    EXPECT_EQ(four.verdict, PairVerdict::too_few);
    EXPECT_FALSE(four.hold_p95);
    EXPECT_FALSE(four.lag);
    EXPECT_THAT(four.sentence, HasSubstr("4 pairs of at least 5"));
    EXPECT_EQ(summary_of(tally_of(5, {.block = 400ms})).verdict, PairVerdict::holds);
}

TEST(PairTally, LeavesOutPairsOfWhichOneFailed) {
    auto tally = tally_of(6, {});
    auto path = PairHalf::of(paired_request(6, 1, {.block = 2s}, 0));
    const auto base = PairHalf::of(paired_request(6, 0, {}, 1));
    path.completed = false;
    tally.add(1, path, base);
    path = PairHalf::of(paired_request(7, 1, {}, 0));
    path.arrivals.clear();
    tally.add(2, path, base);
    const auto summary = summary_of(tally);
    EXPECT_EQ(summary.pairs, 6u);
    EXPECT_EQ(summary.pairs_failed, 1u);
    EXPECT_EQ(summary.pairs_short, 1u);
    EXPECT_EQ(summary.hold_p95->value, 0ns);
    EXPECT_THAT(summary.warnings, ElementsAre(HasSubstr("1 pair with gateway left out: one of the two"),
                                              HasSubstr("1 pair with gateway left out: an answer")));
}

TEST(PairTally, WarnsWhereTheOrderMatters) {
    PairTally tally;
    for (std::uint64_t i = 0; i < 20; ++i) {
        const bool path_first = i % 2 == 0;
        add_pair(tally, i, {.lag = path_first ? 40ms : 10ms}, path_first);
    }
    const auto summary = summary_of(tally);
    EXPECT_EQ(summary.order_effect->difference, 30ms);
    EXPECT_THAT(summary.warnings, ElementsAre(HasSubstr("gateway is 30ms slower when it is asked first")));
}

TEST(PairTally, WarnsOfAnswersOfDifferentLength) {
    PairTally tally;
    for (std::uint64_t i = 0; i < 8; ++i) {
        auto path = PairHalf::of(paired_request(i, 1, {}, i % 2));
        const auto base = PairHalf::of(paired_request(i, 0, {}, 1 - i % 2));
        path.token_events = 80;
        tally.add(i, path, base);
    }
    const auto summary = summary_of(tally);
    EXPECT_DOUBLE_EQ(*summary.output_length_difference, 0.2);
    EXPECT_THAT(summary.warnings, ElementsAre(HasSubstr("differ in length by 20% on average")));
}

TEST(PairTally, CountsTokensByTheApiWhereBothDo) {
    PairTally tally;
    for (std::uint64_t i = 0; i < 8; ++i) {
        auto path = PairHalf::of(paired_request(i, 1, {}, i % 2));
        auto base = PairHalf::of(paired_request(i, 0, {}, 1 - i % 2));
        path.token_events = 50;  // two tokens an event
        path.output_tokens = base.output_tokens = 100;
        tally.add(i, path, base);
    }
    EXPECT_EQ(summary_of(tally).output_length_difference, 0);
}

TEST(PairTally, KeepsABoundedSampleOfAll) {
    const auto summary = summary_of(tally_of(1000, {.lag = 30ms}));
    EXPECT_EQ(summary.pairs, 1000u);
    EXPECT_EQ(summary.pairs_drawn, PairTally::capacity);
    EXPECT_EQ(summary.lag->value, 30ms);
}

TEST(PairTally, MergesInAnyOrderToTheSame) {
    PairTally all, even, odd;
    for (std::uint64_t i = 0; i < 900; ++i) {
        const Path path{.lag = (i * 53 % 17) * 1ms, .block = i % 5 == 0 ? 300ms : 0ms};
        add_pair(all, i, path, i % 4 < 2);
        add_pair(i % 2 == 0 ? even : odd, i, path, i % 4 < 2);
    }
    auto merged = odd, other_way = even;
    merged.merge(even);
    other_way.merge(odd);
    for (const auto& tally : {merged, other_way}) {
        const auto a = summary_of(all), b = summary_of(tally);
        EXPECT_EQ(a.pairs, b.pairs);
        EXPECT_EQ(a.hold_p95->value, b.hold_p95->value);
        EXPECT_EQ(a.hold_p95->high, b.hold_p95->high);
        EXPECT_EQ(a.ttft_added->low, b.ttft_added->low);
        EXPECT_EQ(a.hold_curve, b.hold_curve);
        EXPECT_EQ(a.order_effect->p_value, b.order_effect->p_value);
    }
}

}  // namespace
}  // namespace streamgauge::report
