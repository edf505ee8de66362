#include "report/summary/hold.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

#include <limits>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::ElementsAre;
using testing::TimelineBuilder;

TEST(Hold, IsWhatExceedsTheSmallestDelay) {
    TimelineBuilder builder;
    // The server's clock is 77 h ahead and the path takes 5 ms; holds are 0, 10, 90 ms.
    const nanoseconds offset = 77h;
    builder.token(105ms).stamp(offset + 100ms);
    builder.token(135ms).stamp(offset + 120ms);
    builder.token(235ms).stamp(offset + 140ms);
    const auto hold = hold_from_stamps(builder.build());
    ASSERT_TRUE(hold);
    EXPECT_EQ(hold->p50, 10ms);
    EXPECT_EQ(hold->p95, 90ms);
    EXPECT_EQ(hold->max, 90ms);
}

TEST(Hold, LeavesOutWhatTheClientBlurred) {
    TimelineBuilder builder;
    builder.token(10ms).stamp(10ms);
    builder.read(500ms, 400ms).event().stamp(20ms).event().stamp(30ms);
    builder.token(512ms).stamp(510ms);
    EXPECT_EQ(hold_from_stamps(builder.build())->max, 2ms);
}

TEST(Hold, NeedsAStampOnEachTokenEvent) {
    TimelineBuilder none, partly;
    none.token(10ms);
    partly.token(10ms).stamp(10ms).token(20ms);
    EXPECT_FALSE(hold_from_stamps(none.build()));
    EXPECT_FALSE(hold_from_stamps(partly.build()));
    EXPECT_FALSE(hold_from_stamps(TimelineBuilder{}.build()));
}

TEST(Hold, IsKnownOfEachTokenEvent) {
    TimelineBuilder builder;
    builder.token(110ms).stamp(100ms).read(420ms).event().stamp(300ms).event().stamp(400ms);
    EXPECT_THAT(token_holds_from_stamps(builder.build()), ElementsAre(0ms, 110ms, 10ms));
    EXPECT_THAT(unheld_arrivals(builder.build()),
                ElementsAre(builder.at(110ms), builder.at(310ms), builder.at(410ms)));
}

TEST(Hold, OfEventsTheClientBlurredIsLeftOutButTheyHaveAnArrivalOfTheirOwn) {
    TimelineBuilder builder;
    builder.token(110ms).stamp(100ms).read(420ms, 200ms).event().stamp(300ms).event().stamp(400ms);
    EXPECT_THAT(token_holds_from_stamps(builder.build()), ElementsAre(0ms));
    EXPECT_THAT(unheld_arrivals(builder.build()),
                ElementsAre(builder.at(110ms), builder.at(310ms), builder.at(410ms)));
}

TEST(Hold, SurvivesStampsMeantToOverflow) {
    TimelineBuilder builder;
    builder.token(10ms).stamp(nanoseconds::min());
    builder.token(20ms).stamp(nanoseconds::max());
    EXPECT_GE(hold_from_stamps(builder.build())->max, 0ns);
}

}  // namespace
}  // namespace streamgauge::report
