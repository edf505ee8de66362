#include "report/stats/run_figure.h"

#include "tests/report/stats/simulated_run.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using testing::SimulatedLoad;

/// One value per second, `values` over and over.
BlockedSample repeat(const std::vector<double>& values, int times, std::chrono::nanoseconds block) {
    std::vector<Observation> observations;
    for (int i = 0; i < times; ++i) {
        for (const double value : values)
            observations.push_back({static_cast<int>(observations.size()) * 1s, value});
    }
    return into_blocks(observations, block);
}

TEST(QuantileFigure, NeedsTenBlocks) {
    EXPECT_FALSE(quantile_figure(repeat({1e6}, 9, 1s), 0.95, 1));
    EXPECT_TRUE(quantile_figure(repeat({1e6}, 10, 1s), 0.95, 1));
}

TEST(QuantileFigure, IsTheNearestRank) {
    const auto figure = *quantile_figure(repeat({1e6, 2e6, 3e6, 4e6}, 25, 4s), 0.5, 1);
    EXPECT_EQ(figure.value, 2e6);
    EXPECT_DOUBLE_EQ(figure.location, std::log(2e6));
    EXPECT_NEAR(figure.variance, 0, 1e-20) << "each block is like the others";
    EXPECT_EQ(figure.samples, 100u);
    EXPECT_EQ(figure.blocks, 25u);
}

TEST(QuantileFigure, TakesAnInstantForAMicrosecond) {
    const auto figure = *quantile_figure(repeat({0}, 20, 1s), 0.95, 1);
    EXPECT_EQ(figure.value, 0);
    EXPECT_DOUBLE_EQ(figure.location, std::log(1e3));
}

TEST(QuantileFigure, FallsAmongCensoredRequests) {
    const auto figure = *quantile_figure(repeat({1e6, censored_value}, 20, 1s), 0.95, 1);
    EXPECT_EQ(figure.value, censored_value);
    EXPECT_EQ(figure.beyond, 1);
    EXPECT_EQ(quantile_figure(repeat({1e6, 2e6, 3e6, censored_value}, 20, 4s), 0.5, 1)->beyond, 0);
}

TEST(QuantileFigure, KnowsHowFarItStrays) {
    std::mt19937_64 random(7);
    const SimulatedLoad load{.requests = 1500, .autocorrelation = 0.6};
    constexpr int runs = 60;
    double claimed = 0, sum = 0, squares = 0;
    for (int i = 0; i < runs; ++i) {
        const auto sample = testing::in_blocks(testing::simulate_run(load, 1, random), 500ms);
        const auto figure = *quantile_figure(sample, 0.95, static_cast<std::uint64_t>(i));
        claimed += figure.variance / runs;
        sum += figure.location;
        squares += figure.location * figure.location;
    }
    const double found = (squares - sum * sum / runs) / (runs - 1);
    EXPECT_NEAR(std::sqrt(claimed / found), 1, 0.35);
}

TEST(QuantileFigure, DependsOnItsArgumentsAlone) {
    std::mt19937_64 random(7);
    const auto sample = testing::in_blocks(testing::simulate_run({.requests = 600}, 1, random), 500ms);
    EXPECT_EQ(quantile_figure(sample, 0.95, 3)->variance, quantile_figure(sample, 0.95, 3)->variance);
    EXPECT_NE(quantile_figure(sample, 0.95, 3)->variance, quantile_figure(sample, 0.95, 4)->variance);
}

TEST(ShareFigure, CountsAndAllowsForWhatDidNotHappen) {
    const auto none = *share_figure(repeat({0}, 100, 5s));
    EXPECT_EQ(none.value, 0);
    EXPECT_NEAR(std::sqrt(none.variance), 1.0 / 102, 1e-3);
    EXPECT_EQ(share_figure(repeat({0, 0, 0, 1}, 50, 5s))->value, 0.25);
    EXPECT_FALSE(share_figure(repeat({0}, 9, 1s)));
}

TEST(ShareFigure, StraysFurtherWhereErrorsComeInHeaps) {
    std::vector<Observation> even, heaps;
    for (int i = 0; i < 400; ++i) {
        even.push_back({i * 1s, i % 10 == 0 ? 1.0 : 0.0});
        heaps.push_back({i * 1s, i % 200 < 20 ? 1.0 : 0.0});
    }
    const auto spread = share_figure(into_blocks(even, 20s))->variance;
    EXPECT_GT(share_figure(into_blocks(heaps, 20s))->variance, 5 * spread);
}

}  // namespace
}  // namespace streamgauge::report
