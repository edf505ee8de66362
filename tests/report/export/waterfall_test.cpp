#include "report/export/waterfall.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

#include <numeric>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;
using testing::TimelineBuilder;

TEST(Waterfall, CountsEveryMomentFromWhenTheRequestWasDue) {
    TimelineBuilder builder;
    builder.intended(2s).sent(2s + 12ms).headers(2s + 80ms).first_byte(2s + 81ms);
    builder.token(2s + 200ms).token(2s + 250ms).end(2s + 251ms).phase(1);
    builder.raw().connect_start = TimelineBuilder::at(2s + 1ms);
    builder.raw().resolved = TimelineBuilder::at(2s + 2ms);
    builder.raw().connected = TimelineBuilder::at(2s + 3ms);
    builder.raw().tls_done = TimelineBuilder::at(2s + 11ms);
    const auto made = waterfall_of(builder.build());
    EXPECT_EQ(made.phase, 1U);
    EXPECT_EQ(made.connect_start, 1ms);
    EXPECT_EQ(made.resolved, 2ms);
    EXPECT_EQ(made.connected, 3ms);
    EXPECT_EQ(made.tls_done, 11ms);
    EXPECT_EQ(made.sent, 12ms);
    EXPECT_EQ(made.headers, 80ms);
    EXPECT_EQ(made.first_byte, 81ms);
    EXPECT_EQ(made.first_token, 200ms);
    EXPECT_EQ(made.last_token, 250ms);
    EXPECT_EQ(made.end, 251ms);
    EXPECT_THAT(made.marks, ElementsAre(ArrivalMark{200ms, 1}, ArrivalMark{250ms, 1}));
}

TEST(Waterfall, LeavesOutWhatNeverCame) {
    const auto made = waterfall_of(TimelineBuilder().outcome(Outcome::timeout_first_token).end(4s).build());
    EXPECT_EQ(made.outcome, Outcome::timeout_first_token);
    EXPECT_FALSE(made.connect_start);
    EXPECT_FALSE(made.first_token);
    EXPECT_EQ(made.end, 4s);
    EXPECT_THAT(made.marks, IsEmpty());
}

TEST(Waterfall, OfALongStreamHasFewMarksAndAllItsTokens) {
    const auto made = waterfall_of(TimelineBuilder().steady_tokens(5'000, 100ms, 3ms).build());
    EXPECT_THAT(made.marks, SizeIs(Le(max_waterfall_marks + 1)));
    const auto tokens =
        std::accumulate(made.marks.begin(), made.marks.end(), std::uint64_t{0},
                        [](std::uint64_t sum, const ArrivalMark& mark) { return sum + mark.token_events; });
    EXPECT_EQ(tokens, 5'000U);
}

TEST(SlowestRequests, AreByTheirLastTokenOrTheirEnd) {
    const auto quick = TimelineBuilder().token(100ms).end(9s).build();
    const auto slow = TimelineBuilder().token(100ms).token(3s).build();
    const auto stuck = TimelineBuilder().outcome(Outcome::timeout_first_token).end(4s).build();
    EXPECT_THAT(slowest_of({&quick, &slow, &stuck}, 2), ElementsAre(&stuck, &slow));
    EXPECT_THAT(slowest_of({}, 2), IsEmpty());
}

}  // namespace
}  // namespace streamgauge::report
