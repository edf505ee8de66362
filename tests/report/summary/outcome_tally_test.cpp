#include "report/summary/outcome_tally.h"

#include "tests/report/summary/run_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::Pair;

TEST(OutcomeTally, CancelledRequestsAreNeitherDueNorErrors) {
    OutcomeTally tally;
    for (std::size_t i = 0; i < outcome_count; ++i)
        tally.add(failed_request(static_cast<Outcome>(i)), false);
    EXPECT_EQ(tally.due(), outcome_count - 1);
    EXPECT_EQ(tally.errors(), outcome_count - 2);
    EXPECT_EQ(tally.count(Outcome::cancelled), 1U);
}

TEST(OutcomeTally, CountsTooManyRequestsApart) {
    OutcomeTally tally;
    tally.add(failed_request(Outcome::http_error, 1ms, 429), false);
    tally.add(failed_request(Outcome::http_error, 1ms, 503), false);
    EXPECT_EQ(tally.count(Outcome::http_error), 2U);
    EXPECT_EQ(tally.rate_limited(), 1U);
    EXPECT_EQ(tally.answered(), 2U);
}

TEST(OutcomeTally, TellsOurOwnFailureToStartFromTheScenariosCap) {
    OutcomeTally tally;
    tally.add(failed_request(Outcome::not_started), true);
    tally.add(failed_request(Outcome::not_started), false);
    tally.add(failed_request(Outcome::connect_failed), true);
    EXPECT_EQ(tally.undelivered(), 1U);
}

TEST(OutcomeTally, KeepsTheEarliestOfEachKindInWhateverOrderItIsMerged) {
    auto early = failed_request(Outcome::reset), late = failed_request(Outcome::reset);
    early.sequence = 3;
    early.detail = "first";
    late.sequence = 9;
    late.detail = "second";
    OutcomeTally a, b;
    a.add(late, false);
    a.add(completed_request(), false);
    b.add(early, false);
    OutcomeTally ab = a, ba = b;
    ab.merge(b);
    ba.merge(a);
    EXPECT_THAT(ab.error_examples(), ElementsAre(Pair("reset", "first")));
    EXPECT_THAT(ba.error_examples(), ElementsAre(Pair("reset", "first")));
}

}  // namespace
}  // namespace streamgauge::report
