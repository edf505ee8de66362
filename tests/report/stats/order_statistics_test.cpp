#include "report/stats/order_statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace streamgauge::report {
namespace {

/// P(exactly k of n) summed up, without any library.
double binomial_below(std::uint64_t rank, std::uint64_t n, double p) {
    double sum = 0;
    for (std::uint64_t k = 0; k < rank; ++k) {
        sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                        k * std::log(p) + (n - k) * std::log1p(-p));
    }
    return sum;
}

TEST(OrderStatistics, FindsTheKnownRanksOfTheMedian) {
    const auto ranks = quantile_rank_interval(0.5, 100);
    EXPECT_EQ(ranks.low, 40U);
    EXPECT_EQ(ranks.high, 61U);
}

TEST(OrderStatistics, CutsOffAtMostTheTailOnEachSideAndNoMoreThanNeeded) {
    for (const double quantile : {0.5, 0.9, 0.95, 0.99, 0.999}) {
        for (const std::uint64_t n : {1ULL, 2ULL, 5ULL, 20ULL, 59ULL, 72ULL, 73ULL, 300ULL, 2'000ULL}) {
            const auto ranks = quantile_rank_interval(quantile, n);
            SCOPED_TRACE(::testing::Message() << quantile << " of " << n);
            EXPECT_LE(binomial_below(ranks.low, n, quantile), 0.025 + 1e-9);
            EXPECT_TRUE(ranks.low == n || binomial_below(ranks.low + 1, n, quantile) > 0.025 - 1e-9);
            EXPECT_LE(1 - binomial_below(ranks.high, n, quantile), 0.025 + 1e-9);
            EXPECT_GT(1 - binomial_below(ranks.high - 1, n, quantile), 0.025 - 1e-9);
        }
    }
}

TEST(OrderStatistics, SaysWhenTheSamplesGiveNoUpperBound) {
    EXPECT_EQ(quantile_rank_interval(0.95, 59).high, 60U);
    EXPECT_EQ(quantile_rank_interval(0.95, 72).high, 72U);
    EXPECT_EQ(quantile_rank_interval(0.95, 0).high, 1U);
    EXPECT_EQ(quantile_rank_interval(0.5, 3).low, 0U);
}

TEST(OrderStatistics, CopesWithABillionSamples) {
    const auto ranks = quantile_rank_interval(0.99, 1'000'000'000);
    EXPECT_NEAR(static_cast<double>(ranks.low), 990'000'000 - 1.96 * 3'146.4, 100);
    EXPECT_NEAR(static_cast<double>(ranks.high), 990'000'000 + 1.96 * 3'146.4, 100);
}

}  // namespace
}  // namespace streamgauge::report
