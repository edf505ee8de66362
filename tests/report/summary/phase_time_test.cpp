#include "report/summary/phase_time.h"

#include "tests/report/summary/run_fixture.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

using namespace testing;

TEST(PhaseTime, PhasesFollowOneAnother) {
    auto scenario = scenario_of({"direct"}, {"warm-up", "steady"});
    scenario.load[0].duration = 5s;
    const auto times = phase_times(scenario);
    ASSERT_EQ(times.size(), 2U);
    EXPECT_EQ(times[0].begin, 0s);
    EXPECT_EQ(times[0].end, 5s);
    EXPECT_EQ(times[1].begin, 5s);
    EXPECT_EQ(times[1].duration(), 10s);
}

TEST(PhaseTime, KnowsWhatLiesInside) {
    const PhaseTime phase{5s, 10s};
    EXPECT_EQ(phase.overlap(0s, 3s), 0s);
    EXPECT_EQ(phase.overlap(3s, 7s), 2s);
    EXPECT_EQ(phase.overlap(6s, 7s), 1s);
    EXPECT_EQ(phase.overlap(9s, 20s), 1s);
    EXPECT_EQ(phase.overlap(0s, 20s), 5s);
}

TEST(PhaseTime, EndsWithTheRun) {
    const PhaseTime phase{5s, 10s};
    EXPECT_EQ(phase.until(20s).duration(), 5s);
    EXPECT_EQ(phase.until(7s).duration(), 2s);
    EXPECT_EQ(phase.until(3s).duration(), 0s);
}

}  // namespace
}  // namespace streamgauge::report
