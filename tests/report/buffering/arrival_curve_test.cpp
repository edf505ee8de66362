#include "report/buffering/arrival_curve.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::Each;
using ::testing::IsEmpty;
using testing::TimelineBuilder;

TEST(ArrivalCurveTest, SaysWhenEachShareHadCome) {
    const auto curve = arrival_curve(TimelineBuilder().steady_tokens(100, 100ms, 20ms).build());
    ASSERT_EQ(curve.size(), arrival_points);
    EXPECT_EQ(curve.front(), 100ms);
    EXPECT_EQ(curve.back(), 100ms + 99 * 20ms);
    EXPECT_TRUE(std::ranges::is_sorted(curve));
    // Point 100 stands for u = 0.5025: three quarters of the way from the 50th token to the 51st.
    EXPECT_EQ(curve[100], 100ms + 49 * 20ms + 15ms);
}

TEST(ArrivalCurveTest, CountsFromSent) {
    auto builder = TimelineBuilder().steady_tokens(10, 100ms, 0ms);
    builder.sent(30ms);
    EXPECT_THAT(arrival_curve(builder.build()), Each(70ms));
}

TEST(ArrivalCurveTest, IsRoundedToTheMicrosecond) {
    EXPECT_THAT(arrival_curve(TimelineBuilder().steady_tokens(10, 1499ns, 0ns).build()), Each(1us));
}

TEST(ArrivalCurveTest, NeedsSixTokens) {
    EXPECT_THAT(arrival_curve(TimelineBuilder().build()), IsEmpty());
    EXPECT_THAT(arrival_curve(TimelineBuilder().steady_tokens(5, 1ms, 1ms).build()), IsEmpty());
    EXPECT_EQ(arrival_curve(TimelineBuilder().steady_tokens(6, 1ms, 1ms).build()).size(), arrival_points);
}

/// 100 tokens 20 ms apart, of which the client read `late` from the 41st on at once.
TimelineBuilder blurred(int late) {
    auto builder = TimelineBuilder().steady_tokens(40, 100ms, 20ms);
    const auto end = 100ms + (39 + late) * 20ms;
    builder.read(end, late * 20ms).events(late);
    for (int i = 40 + late; i < 100; ++i)
        builder.token(100ms + i * 20ms);
    return builder;
}

TEST(ArrivalCurveTest, GoesStraightOverWhatTheClientBlurred) {
    const auto whole = arrival_curve(TimelineBuilder().steady_tokens(100, 100ms, 20ms).build());
    EXPECT_EQ(arrival_curve(blurred(10).build()), whole);
}

TEST(ArrivalCurveTest, IsNotKnownWhereTheClientBlurredTooMuch) {
    EXPECT_THAT(arrival_curve(blurred(11).build()), IsEmpty());
}

TEST(ArrivalCurveTest, RefusesStampsOutOfOrder) {
    auto builder = TimelineBuilder().steady_tokens(20, 100ms, 20ms);
    builder.raw().reads[10].arrival = TimelineBuilder::at(1h);
    EXPECT_THAT(arrival_curve(builder.build()), IsEmpty());
}

}  // namespace
}  // namespace streamgauge::report
