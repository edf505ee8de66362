#include "report/model/nearest_rank.h"

#include <gtest/gtest.h>

#include <tuple>

namespace streamgauge::report {
namespace {

TEST(NearestRank, IsTheSmallestThatTheShareLiesAtOrBelow) {
    using Case = std::tuple<double, std::uint64_t, std::uint64_t>;
    for (const auto& [quantile, samples, rank] :
         {Case{0, 10, 1}, Case{0.5, 10, 5}, Case{0.5, 11, 6}, Case{0.95, 100, 95}, Case{0.951, 100, 96},
          Case{0.07, 100, 7}, Case{0.999, 1'000, 999}, Case{0.29, 100, 29}, Case{1, 10, 10}, Case{7, 10, 10},
          Case{-1, 10, 1}, Case{0.5, 0, 1}, Case{0.999, 1'000'000'000, 999'000'000}}) {
        EXPECT_EQ(nearest_rank(quantile, samples), rank) << quantile << " of " << samples;
    }
}

}  // namespace
}  // namespace streamgauge::report
