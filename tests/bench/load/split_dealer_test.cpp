#include "bench/load/split_dealer.h"

#include <gmock/gmock.h>

#include <numeric>
#include <stdexcept>

namespace streamgauge::load {
namespace {

/// The furthest any target strays from its share in any window of up to `longest` requests.
double worst_discrepancy(const std::vector<double>& shares, std::uint64_t count, std::uint64_t longest) {
    const SplitDealer dealer(shares);
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    std::vector<std::uint32_t> dealt;
    for (std::uint64_t i = 0; i < count; ++i)
        dealt.push_back(dealer.target_for(i));
    double worst = 0;
    for (std::size_t start = 0; start < count; ++start) {
        std::vector<double> seen(shares.size());
        for (std::size_t n = 1; n <= longest && start + n <= count; ++n) {
            seen[dealt[start + n - 1]] += 1;
            for (std::size_t t = 0; t < shares.size(); ++t) {
                worst = std::max(worst, std::abs(seen[t] - static_cast<double>(n) * shares[t] / sum));
            }
        }
    }
    return worst;
}

TEST(SplitDealer, TwoTargetsStayWithinOneRequestOfTheirShares) {
    for (const double share : {0.5, 0.3, 0.01, 0.123456789}) {
        EXPECT_LE(worst_discrepancy({share, 1 - share}, 1000, 300), 1.0 + 1e-9) << share;
    }
}

TEST(SplitDealer, ManyTargetsStayWithinTwoRequestsOfTheirShares) {
    for (const auto& shares : std::vector<std::vector<double>>{{1, 1, 1},
                                                               {0.7, 0.2, 0.1},
                                                               {0.4, 0.3, 0.2, 0.1},
                                                               {1, 1, 1, 1, 1, 1, 1},
                                                               {0.9, 0.05, 0.03, 0.02}}) {
        EXPECT_LE(worst_discrepancy(shares, 1000, 300), 2.0) << ::testing::PrintToString(shares);
    }
}

TEST(SplitDealer, EqualHalvesAlternate) {
    const SplitDealer dealer({0.5, 0.5});
    for (std::uint64_t i = 0; i < 10; ++i)
        EXPECT_NE(dealer.target_for(i), dealer.target_for(i + 1));
}

TEST(SplitDealer, TargetWithoutShareGetsNothing) {
    const SplitDealer dealer({0, 1, 0});
    for (std::uint64_t i = 0; i < 100; ++i)
        EXPECT_EQ(dealer.target_for(i), 1u);
}

TEST(SplitDealer, StaysTrueFarOut) {
    const SplitDealer dealer({0.25, 0.75});
    constexpr std::uint64_t far = 1'000'000'000'000;
    int first = 0;
    for (std::uint64_t i = far; i < far + 400; ++i)
        first += dealer.target_for(i) == 0 ? 1 : 0;
    EXPECT_NEAR(first, 100, 1);
}

TEST(SplitDealer, NeedsOneShare) {
    EXPECT_THROW(SplitDealer({}), std::invalid_argument);
    EXPECT_THROW(SplitDealer({0, 0}), std::invalid_argument);
}

}  // namespace
}  // namespace streamgauge::load
