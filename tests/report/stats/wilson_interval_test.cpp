#include "report/stats/wilson_interval.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

struct Case {
    std::uint64_t count, of;
    double low, high;
};

// Computed by hand from the formula; 0 of n is z^2 / (n + z^2).
TEST(WilsonInterval, AgreesWithTheFormula) {
    for (const Case& c :
         {Case{0, 100, 0, 0.036995}, Case{5, 100, 0.021543, 0.111752}, Case{50, 100, 0.403832, 0.596168},
          Case{100, 100, 0.963005, 1}, Case{0, 1, 0, 0.793451}, Case{1, 1'000, 0.0001766, 0.005642}}) {
        const auto interval = wilson_interval(c.count, c.of);
        EXPECT_NEAR(interval.low, c.low, 2e-6) << c.count << " of " << c.of;
        EXPECT_NEAR(interval.high, c.high, 2e-6) << c.count << " of " << c.of;
    }
}

TEST(WilsonInterval, TouchesTheEndsExactly) {
    EXPECT_EQ(wilson_interval(0, 7).low, 0.0);
    EXPECT_EQ(wilson_interval(7, 7).high, 1.0);
}

TEST(WilsonInterval, KnowsNothingOfNothing) {
    EXPECT_EQ(wilson_interval(0, 0).low, 0.0);
    EXPECT_EQ(wilson_interval(0, 0).high, 1.0);
}

}  // namespace
}  // namespace streamgauge::report
