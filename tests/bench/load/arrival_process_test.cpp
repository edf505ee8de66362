#include "bench/load/arrival_process.h"

#include <gmock/gmock.h>

#include <cmath>
#include <vector>

namespace streamgauge::load {
namespace {

using namespace std::chrono_literals;
using scenarios::Arrivals;
using scenarios::OpenLoop;
using scenarios::Ramp;
using std::chrono::nanoseconds;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Lt;

std::vector<nanoseconds> schedule(const OpenLoop& shape, nanoseconds duration, std::uint64_t seed = 1) {
    ArrivalProcess process(shape, duration, seed);
    std::vector<nanoseconds> due;
    while (const auto next = process.next())
        due.push_back(*next);
    return due;
}

OpenLoop poisson(Ramp rate) {
    return {rate, Arrivals::poisson, std::nullopt};
}
OpenLoop constant(Ramp rate) {
    return {rate, Arrivals::constant, std::nullopt};
}

TEST(ArrivalProcess, ConstantRateStartsAtZeroAndEndsBeforeTheDuration) {
    EXPECT_THAT(schedule(constant({4, 4, 0s}), 1s), ElementsAre(0ms, 250ms, 500ms, 750ms));
}

TEST(ArrivalProcess, DoesNotDriftOverAnHour) {
    const auto due = schedule(constant({0, 300, 0s}), 3600s);
    ASSERT_EQ(due.size(), 300u * 3600u);
    EXPECT_EQ(due[300 * 1800], 1800s);
    EXPECT_EQ(due.back(), nanoseconds(std::llround((3600 - 1.0 / 300) * 1e9)));
}

TEST(ArrivalProcess, RampInvertsTheIntegralOfTheRate) {
    // The integral of 0/s to 20/s over 10 s is t^2, so arrival n is due at sqrt(n).
    const auto due = schedule(constant({0, 20, 10s}), 10s);
    ASSERT_EQ(due.size(), 100u);
    for (std::size_t n = 0; n < due.size(); ++n) {
        EXPECT_NEAR(static_cast<double>(due[n].count()), std::sqrt(static_cast<double>(n)) * 1e9, 1.0);
    }
}

TEST(ArrivalProcess, KeepsTheFinalRateAfterTheRamp) {
    // 10/s falling to 5/s over 2 s: 15 arrivals, then one every 200 ms.
    const auto due = schedule(constant({10, 5, 2s}), 4s);
    ASSERT_EQ(due.size(), 25u);
    EXPECT_EQ(due[15], 2s);
    EXPECT_EQ(due[16], 2200ms);
}

TEST(ArrivalProcess, RampToZeroEnds) {
    const auto due = schedule(constant({10, 0, 2s}), 60s);
    EXPECT_EQ(due.size(), 10u);
    EXPECT_THAT(due, Each(Lt(2s)));
}

TEST(ArrivalProcess, RateZeroGivesNothing) {
    EXPECT_TRUE(schedule(constant({0, 0, 0s}), 10s).empty());
}

TEST(ArrivalProcess, RampLongerThanThePhaseIsCut) {
    EXPECT_EQ(schedule(constant({0, 20, 10s}), 5s).size(), 25u);
}

TEST(ArrivalProcess, EveryScheduleAscendsWithinItsPhase) {
    for (const auto& shape :
         {poisson({0, 500, 5s}), poisson({500, 0, 5s}), poisson({200, 200, 0s}), constant({1, 700, 9s})}) {
        const auto due = schedule(shape, 10s, 7);
        ASSERT_FALSE(due.empty());
        EXPECT_TRUE(std::is_sorted(due.begin(), due.end()));
        EXPECT_GE(due.front(), 0ns);
        EXPECT_LT(due.back(), 10s);
    }
}

TEST(ArrivalProcess, FollowsFromTheSeedAlone) {
    const auto shape = poisson({50, 200, 5s});
    EXPECT_EQ(schedule(shape, 10s, 3), schedule(shape, 10s, 3));
    EXPECT_NE(schedule(shape, 10s, 3), schedule(shape, 10s, 4));
}

TEST(ArrivalProcess, PoissonGapsAreExponential) {
    const auto due = schedule(poisson({1000, 1000, 0s}), 100s, 42);
    const double count = static_cast<double>(due.size());
    EXPECT_NEAR(count, 100'000, 4 * std::sqrt(100'000));
    double sum = 0, squares = 0, over_mean = 0;
    for (std::size_t i = 1; i < due.size(); ++i) {
        const double gap = std::chrono::duration<double, std::milli>(due[i] - due[i - 1]).count();
        sum += gap;
        squares += gap * gap;
        over_mean += gap > 1 ? 1 : 0;
    }
    const double mean = sum / count;
    EXPECT_NEAR(mean, 1.0, 0.015);
    EXPECT_NEAR(std::sqrt(squares / count - mean * mean), 1.0, 0.03);
    EXPECT_NEAR(over_mean / count, std::exp(-1.0), 0.01);
}

TEST(ArrivalProcess, PoissonRampIsPoissonInRescaledTime) {
    const Ramp rate{0, 2000, 50s};
    const auto due = schedule(poisson(rate), 100s, 5);
    std::vector<double> counts(100);
    for (const auto moment : due)
        counts[static_cast<std::size_t>(moment / 1s)] += 1;
    double chi_square = 0;
    for (std::size_t second = 0; second < counts.size(); ++second) {
        const double expected = expected_arrivals(rate, std::chrono::seconds(second + 1)) -
                                expected_arrivals(rate, std::chrono::seconds(second));
        chi_square += (counts[second] - expected) * (counts[second] - expected) / expected;
    }
    // 100 degrees of freedom: 99.9 % of the distribution lies between 60 and 150.
    EXPECT_GT(chi_square, 60);
    EXPECT_LT(chi_square, 150);
}

TEST(ExpectedArrivals, IsTheIntegralOfTheRate) {
    EXPECT_DOUBLE_EQ(expected_arrivals({0, 20, 10s}, 5s), 25);
    EXPECT_DOUBLE_EQ(expected_arrivals({0, 20, 10s}, 11s), 120);
    EXPECT_DOUBLE_EQ(expected_arrivals({7, 50, 0s}, 2s), 100);
    EXPECT_DOUBLE_EQ(expected_arrivals({7, 50, 0s}, -2s), 0);
}

}  // namespace
}  // namespace streamgauge::load
