#include "report/buffering/release_rule.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace streamgauge::report {
namespace {

TEST(ConstantRule, NeedsValues) {
    const auto fit = fit_constant({});
    EXPECT_EQ(fit.bursts, 0u);
    EXPECT_EQ(fit.bits, 0);
}

TEST(ConstantRule, GainsNothingByTheBurstThatChoseItsParameter) {
    const std::array one{20.0};
    const auto fit = fit_constant(one);
    EXPECT_EQ(fit.parameter, 20);
    EXPECT_EQ(fit.explained, 1u);
    EXPECT_EQ(fit.bits, 0);
}

TEST(ConstantRule, GainsByEachBurstThatAgrees) {
    const std::vector values(10, 20.0);
    const auto fit = fit_constant(values);
    // Twenty tokens exactly are a range of 1/20 in a width of ln 16.
    EXPECT_NEAR(fit.bits, 9 * std::log2(0.95 * std::log(16.0) * 20 + 0.05), 1e-9);
    EXPECT_EQ(fit.explained, 10u);
}

TEST(ConstantRule, IsRefutedByCountsThatVary) {
    const std::array values{9.0, 12.0, 7.0, 15.0, 11.0, 8.0};
    EXPECT_LT(fit_constant(values).bits, -15);
}

TEST(ConstantRule, SurvivesOneOddBurst) {
    const std::array values{5.0, 5.0, 5.0, 2.0, 5.0, 5.0};
    const auto fit = fit_constant(values);
    EXPECT_EQ(fit.parameter, 5);
    EXPECT_EQ(fit.explained, 5u);
    EXPECT_GT(fit.bits, 7);
}

TEST(ThresholdRule, NeedsValuesAndASlack) {
    const std::array values{250.0, 250.0};
    EXPECT_EQ(fit_threshold({}, 20, 1).bursts, 0u);
    EXPECT_EQ(fit_threshold(values, 0, 1).bursts, 0u);
    EXPECT_EQ(fit_threshold(values, std::nan(""), 1).bursts, 0u);
}

TEST(ThresholdRule, FitsATimerThatWaitsForATokenFirst) {
    // 200 ms from the first token, which comes up to 20 ms after the flush.
    const std::array gaps{201.0, 219.0, 207.0, 213.0, 204.0, 216.0};
    const auto fit = fit_threshold(gaps, 20, 5);
    EXPECT_NEAR(fit.parameter, 203, 3);
    EXPECT_EQ(fit.explained, 6u);
    EXPECT_GT(fit.bits, 15);
}

TEST(ThresholdRule, IsRefutedByGapsOfAnyLength) {
    const std::array gaps{59.0, 195.0, 88.0, 132.0, 173.0, 75.0, 116.0, 149.0};
    EXPECT_LT(fit_threshold(gaps, 20, 5).bits, 7);
}

TEST(ThresholdRule, TiesWithACountWhereBothAreConstant) {
    const std::vector counts(12, 20.0), gaps(12, 400.0);
    EXPECT_NEAR(fit_constant(counts).bits, fit_threshold(gaps, 20, 5).bits, 1e-9);
}

TEST(ThresholdRule, TakesAnOutlierForOne) {
    std::vector gaps(20, 250.0);
    gaps.push_back(90);
    const auto fit = fit_threshold(gaps, 20, 5);
    EXPECT_EQ(fit.parameter, 250);
    EXPECT_EQ(fit.explained, 20u);
}

TEST(ThresholdRule, StaysFiniteOverManyBursts) {
    const std::vector gaps(100'000, 1e9);
    EXPECT_TRUE(std::isfinite(fit_threshold(gaps, 1e3, 0).bits));
}

TEST(Refutation, CostsLessThanItWouldIfItWereImpossible) {
    EXPECT_NEAR(refuted_bits(), std::log2(0.05), 1e-12);
}

TEST(Confinement, GainsMoreTheNarrowerItIs) {
    EXPECT_GT(confinement_bits(0.01), confinement_bits(0.1));
    EXPECT_NEAR(confinement_bits(1 / 50.0), 7.04, 0.01);
}

}  // namespace
}  // namespace streamgauge::report
