#include "report/summary/ideal_release.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TimelineBuilder;

/// Milliseconds from the start of the run.
std::vector<double> milliseconds_of(const IdealRelease& ideal) {
    std::vector<double> found;
    for (const Moment at : ideal.arrivals) {
        found.push_back(std::chrono::duration<double, std::milli>(at - TimelineBuilder::run_start).count());
    }
    return found;
}

TEST(IdealRelease, OfAStreamThatNothingHoldsIsItself) {
    const auto timeline = TimelineBuilder().steady_tokens(5, 200ms, 20ms).build();
    const auto ideal = ideal_release(timeline);
    EXPECT_EQ(ideal.source, IdealRelease::Source::estimated);
    EXPECT_THAT(milliseconds_of(ideal), ElementsAre(200, 220, 240, 260, 280));
}

TEST(IdealRelease, SpreadsEachBurstOverTheTimeBeforeIt) {
    const auto timeline =
        TimelineBuilder().read(300ms).events(4).read(400ms).events(4).read(500ms).events(4).build();
    EXPECT_THAT(milliseconds_of(ideal_release(timeline)),
                ElementsAre(225, 250, 275, 300, 325, 350, 375, 400, 425, 450, 475, 500));
}

TEST(IdealRelease, LeavesAPauseOfTheModelAPause) {
    const auto timeline = TimelineBuilder()
                              .read(300ms)
                              .events(4)
                              .read(400ms)
                              .events(4)
                              .read(2400ms)
                              .events(4)
                              .read(2500ms)
                              .events(4)
                              .build();
    EXPECT_THAT(
        milliseconds_of(ideal_release(timeline)),
        ElementsAre(225, 250, 275, 300, 325, 350, 375, 400, 2250, 2300, 2350, 2400, 2425, 2450, 2475, 2500));
}

TEST(IdealRelease, SpreadsWhatTheClientBlurredToo) {
    const auto timeline =
        TimelineBuilder().read(300ms).events(4).read(400ms, 90ms).events(4).read(500ms).events(4).build();
    EXPECT_THAT(milliseconds_of(ideal_release(timeline)),
                ElementsAre(225, 250, 275, 300, 325, 350, 375, 400, 425, 450, 475, 500));
}

TEST(IdealRelease, SpreadsASingleBurstFromTheMomentOfSending) {
    const auto timeline = TimelineBuilder().sent(100ms).read(900ms).events(4).build();
    EXPECT_THAT(milliseconds_of(ideal_release(timeline)), ElementsAre(300, 500, 700, 900));
}

TEST(IdealRelease, FollowsTheServersStampsWhereThereAreSome) {
    // The server's clock is 7 s ahead, the path takes 10 ms at best.
    const auto timeline = TimelineBuilder()
                              .read(310ms)
                              .event()
                              .stamp(7s + 100ms)
                              .event()
                              .stamp(7s + 200ms)
                              .event()
                              .stamp(7s + 300ms)
                              .read(420ms)
                              .event()
                              .stamp(7s + 400ms)
                              .build();
    const auto ideal = ideal_release(timeline);
    EXPECT_EQ(ideal.source, IdealRelease::Source::stamps);
    EXPECT_THAT(milliseconds_of(ideal), ElementsAre(110, 210, 310, 410));
}

TEST(IdealRelease, IsNeverBeforeTheRequestWhateverTheStampsSay) {
    const auto timeline = TimelineBuilder()
                              .sent(50ms)
                              .read(310ms)
                              .event()
                              .stamp(nanoseconds::min())
                              .event()
                              .stamp(nanoseconds::max())
                              .build();
    EXPECT_THAT(milliseconds_of(ideal_release(timeline)), ElementsAre(50, 310));
}

TEST(IdealRelease, OfNoTokensIsNothing) {
    EXPECT_THAT(ideal_release(TimelineBuilder().build()).arrivals, IsEmpty());
}

}  // namespace
}  // namespace streamgauge::report
