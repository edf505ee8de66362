#include "bench/simulator/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;

std::vector<double> sorted_milliseconds(std::string_view text) {
    const auto distribution = Distribution::parse(text);
    EXPECT_TRUE(distribution) << text;
    Random random{5};
    std::vector<double> values;
    for (int draw = 0; draw < 20'000; ++draw) {
        values.push_back(static_cast<double>(distribution->sample(random).count()) / 1e6);
    }
    std::sort(values.begin(), values.end());
    return values;
}

double mean(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

TEST(Distribution, ConstantIsConstant) {
    Random random{1};
    const auto distribution = Distribution::parse("200ms");
    ASSERT_TRUE(distribution);
    EXPECT_EQ(distribution->sample(random), 200ms);
    EXPECT_EQ(*distribution, Distribution::constant(200ms));
}

TEST(Distribution, UniformFillsItsRange) {
    const auto values = sorted_milliseconds("uniform(100ms, 300ms)");
    EXPECT_GE(values.front(), 100.0);
    EXPECT_LE(values.back(), 300.0);
    EXPECT_NEAR(mean(values), 200.0, 2.0);
    EXPECT_NEAR(values[values.size() / 4], 150.0, 4.0);
}

TEST(Distribution, NormalHasItsMeanAndDeviation) {
    const auto values = sorted_milliseconds("normal(20ms,5ms)");
    EXPECT_NEAR(mean(values), 20.0, 0.2);
    EXPECT_NEAR(values[values.size() * 8413 / 10000], 25.0, 0.3);
}

TEST(Distribution, NormalIsNeverNegative) {
    const auto values = sorted_milliseconds("normal(1ms,5ms)");
    EXPECT_EQ(values.front(), 0.0);
}

TEST(Distribution, LognormalHasItsMedianAndP95) {
    const auto values = sorted_milliseconds("lognormal(median=20ms,p95=60ms)");
    EXPECT_NEAR(values[values.size() / 2], 20.0, 0.6);
    EXPECT_NEAR(values[values.size() * 95 / 100], 60.0, 3.0);
}

TEST(Distribution, ExponentialHasItsMean) {
    const auto values = sorted_milliseconds("exponential(20ms)");
    EXPECT_NEAR(mean(values), 20.0, 0.5);
    EXPECT_NEAR(values[values.size() / 2], 13.86, 0.5);
}

TEST(Distribution, RefusesWhatMakesNoSense) {
    for (const char* text : {"", "20", "-1ms", "uniform(2ms,1ms)", "uniform(1ms)", "normal(1ms,2ms",
                             "gamma(1ms,2ms)", "lognormal(median=20ms,p95=10ms)",
                             "lognormal(median=0ms,p95=10ms)", "exponential()", "uniform(,)"}) {
        EXPECT_FALSE(Distribution::parse(text)) << text;
    }
}

}  // namespace
}  // namespace streamgauge::simulator
