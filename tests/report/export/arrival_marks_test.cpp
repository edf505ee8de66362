#include "report/export/arrival_marks.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TimelineBuilder;

const StreamTimeline& timeline() {
    static const auto made =
        TimelineBuilder().token(100ms).token(100004us).token(100012us).read(300ms).events(3).build();
    return made;
}

TEST(ArrivalMarks, AreOneATokenEventWhereTheyCanBeTold) {
    EXPECT_THAT(arrival_marks(arrivals_of(timeline()), TimelineBuilder::at(0ms), 1us),
                ElementsAre(ArrivalMark{100ms, 1}, ArrivalMark{100004us, 1}, ArrivalMark{100012us, 1},
                            ArrivalMark{300ms, 3}));
}

TEST(ArrivalMarks, CountWhatIsCloserThanTheResolution) {
    EXPECT_THAT(arrival_marks(arrivals_of(timeline()), TimelineBuilder::at(50ms), 10us),
                ElementsAre(ArrivalMark{50ms, 2}, ArrivalMark{50012us, 1}, ArrivalMark{250ms, 3}));
    EXPECT_THAT(arrival_marks(arrivals_of(timeline()), TimelineBuilder::at(0ms), 1s),
                ElementsAre(ArrivalMark{100ms, 6}));
}

TEST(ArrivalMarks, OfNothingAreNone) {
    EXPECT_THAT(arrival_marks({}, Moment{}, 0us), IsEmpty());
}

}  // namespace
}  // namespace streamgauge::report
