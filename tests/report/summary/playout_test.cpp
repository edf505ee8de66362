#include "report/summary/playout.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;

scenarios::Budgets budgets() {
    scenarios::Budgets budgets;
    budgets.ttft = 1s;
    budgets.gap = 100ms;
    return budgets;
}

// By hand: 400 leaves slack 600; 500 <= 100 + 600 leaves 200; 350 > 300 by 50: 1 miss; 430 > 100 by 330: 4
// misses; 100: met. 3 met, 5 missed.
TEST(Playout, CountsDeadlinesAsEtalonDoes) {
    Playout playout(budgets());
    playout.first_token(400ms);
    for (const auto gap : {500ms, 350ms, 430ms, 100ms})
        playout.gap(gap);
    EXPECT_DOUBLE_EQ(playout.fluidity(), 3.0 / 8.0);
    // Beyond the budgets: 400 + 250 + 330 of 1780.
    EXPECT_DOUBLE_EQ(playout.jank(1780ms), 980.0 / 1780.0);
}

TEST(Playout, ALateFirstTokenMissesAsManyDeadlinesAsFitIntoItsDelay) {
    Playout playout(budgets());
    playout.first_token(1250ms);  // 250 late: 2 + 1 misses
    playout.gap(0ms);
    EXPECT_DOUBLE_EQ(playout.fluidity(), 1.0 / 4.0);
    EXPECT_DOUBLE_EQ(playout.jank(1250ms), 0.2);
}

TEST(Playout, IsPerfectAtTheBudgetsThemselves) {
    Playout playout(budgets());
    playout.first_token(1s);
    for (int i = 0; i < 5; ++i)
        playout.gap(100ms);
    EXPECT_EQ(playout.fluidity(), 1);
    EXPECT_EQ(playout.jank(1500ms), 0);
}

TEST(Playout, SlackOfABurstCarriesOverAPause) {
    Playout playout(budgets());
    playout.first_token(1s);
    for (int i = 0; i < 9; ++i)
        playout.gap(0ms);  // ten events at once leave slack 900
    playout.gap(1s);
    EXPECT_EQ(playout.fluidity(), 1);
    EXPECT_DOUBLE_EQ(playout.jank(2s), 0.45) << "jank looks at each gap alone";
}

TEST(Playout, JankStaysWithinOne) {
    Playout playout(budgets());
    playout.first_token(5s);
    EXPECT_EQ(playout.jank(1s), 1);
    EXPECT_EQ(playout.jank(0s), 0);
}

TEST(Playout, SurvivesABudgetOfNothing) {
    scenarios::Budgets none;
    none.ttft = none.gap = 0ns;
    Playout playout(none);
    playout.first_token(0ns);
    playout.gap(5ns);
    EXPECT_DOUBLE_EQ(playout.fluidity(), 1.0 / 7.0);
}

}  // namespace
}  // namespace streamgauge::report
