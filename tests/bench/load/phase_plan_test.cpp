#include "bench/load/phase_plan.h"

#include <gtest/gtest.h>

namespace streamgauge::load {
namespace {

using namespace std::chrono_literals;

scenarios::LoadPhase users(double from, double to, nanoseconds over, nanoseconds duration) {
    scenarios::LoadPhase phase;
    phase.shape = scenarios::ClosedLoop{{from, to, over}, 0ns};
    phase.duration = duration;
    return phase;
}

scenarios::LoadPhase rate(double per_second, nanoseconds duration) {
    scenarios::LoadPhase phase;
    scenarios::OpenLoop shape;
    shape.rate.to = per_second;
    phase.shape = shape;
    phase.duration = duration;
    return phase;
}

scenarios::Scenario scenario(std::vector<scenarios::LoadPhase> load) {
    scenarios::Scenario scenario;
    scenario.load = std::move(load);
    return scenario;
}

TEST(PhasePlan, LaysPhasesEndToEnd) {
    const auto what = scenario({users(2, 2, 0s, 5s), rate(10, 10s), users(4, 4, 0s, 3s)});
    const PhasePlan plan{what};
    EXPECT_EQ(plan.begin(0), 0s);
    EXPECT_EQ(plan.begin(1), 5s);
    EXPECT_EQ(plan.begin(2), 15s);
    EXPECT_EQ(plan.total(), 18s);
    EXPECT_EQ(plan.lanes(), 4U);
}

TEST(PhasePlan, APhaseHoldsFromItsBeginToJustBeforeItsEnd) {
    const auto what = scenario({users(2, 2, 0s, 5s), rate(10, 10s)});
    const PhasePlan plan{what};
    EXPECT_EQ(plan.phase_at(0s), 0U);
    EXPECT_EQ(plan.phase_at(5s - 1ns), 0U);
    EXPECT_EQ(plan.phase_at(5s), 1U);
    EXPECT_EQ(plan.phase_at(15s), 2U) << "over";
}

TEST(PhasePlan, AUserGoesOnFromPhaseToPhaseAndSkipsThoseWithoutUsers) {
    const auto what = scenario({users(2, 2, 0s, 5s), rate(10, 10s), users(1, 1, 0s, 3s)});
    const PhasePlan plan{what};
    const auto now = plan.next_turn(0, 2s);
    ASSERT_TRUE(now);
    EXPECT_EQ(now->phase, 0U);
    EXPECT_EQ(now->begins, 2s);
    const auto later = plan.next_turn(0, 5s);
    ASSERT_TRUE(later);
    EXPECT_EQ(later->phase, 2U);
    EXPECT_EQ(later->begins, 15s);
    EXPECT_FALSE(plan.next_turn(1, 5s)) << "the last phase has one user";
    EXPECT_FALSE(plan.next_turn(0, 18s));
}

TEST(PhasePlan, ARampGivesUsersTheirFirstTurnOneByOne) {
    const auto what = scenario({users(0, 10, 10s, 20s)});
    const PhasePlan plan{what};
    EXPECT_EQ(plan.next_turn(0, 0s)->begins, 0s);
    EXPECT_EQ(plan.next_turn(9, 0s)->begins, 9s);
    EXPECT_EQ(plan.next_turn(9, 12s)->begins, 12s);
}

TEST(PhasePlan, AUserWhoHasStoppedWaitsForALaterPhase) {
    const auto what = scenario({users(10, 0, 10s, 10s), users(10, 10, 0s, 5s)});
    const PhasePlan plan{what};
    const auto turn = plan.next_turn(9, 8s);
    ASSERT_TRUE(turn);
    EXPECT_EQ(turn->phase, 1U);
    EXPECT_EQ(turn->begins, 10s);
}

}  // namespace
}  // namespace streamgauge::load
