#include "report/buffering/timeline_flaw.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TimelineBuilder;

TEST(TimelineFlaw, IsNoneInAnOrdinaryStream) {
    EXPECT_THAT(flaw_of(TimelineBuilder().steady_tokens(20, 100ms, 20ms).build()), IsEmpty());
    EXPECT_THAT(flaw_of(TimelineBuilder().build()), IsEmpty());
    EXPECT_THAT(flaw_of(TimelineBuilder().never_sent().build()), IsEmpty());
}

TEST(TimelineFlaw, ToleratesAHairBackwards) {
    EXPECT_THAT(flaw_of(TimelineBuilder().tokens({100ms, 99100us, 120ms}).build()), IsEmpty());
}

TEST(TimelineFlaw, NamesStampsOutOfOrder) {
    EXPECT_THAT(flaw_of(TimelineBuilder().tokens({100ms, 140ms, 120ms}).build()),
                HasSubstr("run backwards by 20.0 ms at read 3 of 3"));
}

TEST(TimelineFlaw, NamesStampsOfAnotherAge) {
    for (const auto stamp : {Moment::min(), Moment::max(), Moment{}}) {
        auto builder = TimelineBuilder().steady_tokens(3, 100ms, 20ms);
        builder.raw().sent = Moment{nanoseconds{std::chrono::hours{24 * 400}}};
        builder.raw().reads[1].arrival = stamp;
        EXPECT_THAT(flaw_of(builder.build()), HasSubstr("more than a year"));
    }
}

TEST(TimelineFlaw, NamesTokensOfReadsThatDoNotExist) {
    auto builder = TimelineBuilder().steady_tokens(3, 100ms, 20ms);
    builder.raw().tokens[1].read = 7;
    EXPECT_THAT(flaw_of(builder.build()), HasSubstr("do not exist"));
    builder.raw().tokens[1].read = 2;
    builder.raw().tokens[2].read = 1;
    EXPECT_THAT(flaw_of(builder.build()), HasSubstr("lie before"));
}

}  // namespace
}  // namespace streamgauge::report
