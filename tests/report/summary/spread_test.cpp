#include "report/summary/spread.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;

TEST(Spread, IsEven) {
    const Spread spread{2s, 6s, 100};
    EXPECT_EQ(spread.between(0s, 2s), 0U);
    EXPECT_EQ(spread.between(2s, 3s), 25U);
    EXPECT_EQ(spread.between(3s, 5s), 50U);
    EXPECT_EQ(spread.between(0s, 10s), 100U);
}

TEST(Spread, LosesNothingBetweenStretches) {
    const Spread spread{0ns, 997ms, 101};
    std::uint64_t sum = 0;
    for (int i = 0; i < 100; ++i)
        sum += spread.between(i * 10ms, (i + 1) * 10ms);
    EXPECT_EQ(sum, 101U);
}

TEST(Spread, OfOneMomentIsWhereItIs) {
    const Spread spread{2s, 2s, 7};
    EXPECT_EQ(spread.between(1s, 2s), 0U);
    EXPECT_EQ(spread.between(2s, 3s), 7U);
}

TEST(Spread, SurvivesLargeNumbers) {
    const Spread spread{0h, 1'000h, 1'000'000'000'000};
    EXPECT_EQ(spread.before(500h), 500'000'000'000U);
}

}  // namespace
}  // namespace streamgauge::report
