#include "report/stats/order_statistics.h"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>

namespace streamgauge::report {

namespace {

constexpr double tail = 0.025;

using boost::math::policies::discrete_quantile;
using boost::math::policies::integer_round_down;
using boost::math::policies::policy;
using Binomial = boost::math::binomial_distribution<double, policy<discrete_quantile<integer_round_down>>>;

}  // namespace

RankInterval quantile_rank_interval(double quantile, std::uint64_t samples) {
    if (samples == 0) return {0, 1};
    const Binomial below(static_cast<double>(samples), quantile);
    // The sample of rank r lies above the quantile when fewer than r samples lie below it. So the lower rank
    // is the largest with P(below < rank) <= tail, the upper one the smallest with P(below >= rank) <= tail.
    auto low = static_cast<std::uint64_t>(std::max(boost::math::quantile(below, tail), 0.0));
    while (low > 0 && boost::math::cdf(below, static_cast<double>(low - 1)) > tail)
        --low;
    while (low < samples && boost::math::cdf(below, static_cast<double>(low)) <= tail)
        ++low;
    auto high = static_cast<std::uint64_t>(
        std::max(boost::math::quantile(boost::math::complement(below, tail)), 0.0));
    const auto reaches = [&](std::uint64_t rank) {  // P(below >= rank)
        if (rank == 0) return 1.0;
        return boost::math::cdf(boost::math::complement(below, static_cast<double>(rank - 1)));
    };
    while (high > 1 && reaches(high - 1) <= tail)
        --high;
    while (high <= samples && reaches(high) > tail)
        ++high;
    return {low, std::max<std::uint64_t>(high, 1)};
}

}  // namespace streamgauge::report
