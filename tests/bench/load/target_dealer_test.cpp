#include "bench/load/target_dealer.h"

#include <gtest/gtest.h>

namespace streamgauge::load {
namespace {

scenarios::Scenario two_targets() {
    scenarios::Scenario scenario;
    scenario.targets.resize(2);
    scenario.targets[0].share = 0.25;
    scenario.targets[1].share = 0.75;
    return scenario;
}

TEST(TargetDealer, DealsByShares) {
    const auto dealer = make_target_dealer(two_targets());
    EXPECT_EQ(dealer->requests_per_arrival(), 1u);
    int first = 0;
    for (std::uint64_t i = 0; i < 400; ++i)
        first += dealer->target_for({0, 0, i}) == 0 ? 1 : 0;
    EXPECT_NEAR(first, 100, 1);
}

TEST(TargetDealer, DealsEveryArrivalToAllThatAreCompared) {
    auto scenario = two_targets();
    scenario.comparison = {.base = 1, .with = {0}, .chain = false, .prompts = {}, .where = {}};
    const auto dealer = make_target_dealer(scenario);
    ASSERT_EQ(dealer->requests_per_arrival(), 2u);
    for (std::uint64_t i = 0; i < 10; ++i)
        EXPECT_NE(dealer->target_for({0, 3, i, 0}), dealer->target_for({0, 3, i, 1}));
}

}  // namespace
}  // namespace streamgauge::load
