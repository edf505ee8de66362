#include "report/buffering/order_effect.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace streamgauge::report {
namespace {

constexpr std::size_t fewest_of_each = 3;
constexpr std::size_t orders = 2000;

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double difference_at(std::span<const double> values, std::size_t split) {
    return mean_of(values.first(split)) - mean_of(values.subspan(split));
}

}  // namespace

std::optional<OrderEffect> order_effect(std::span<const double> path_first,
                                        std::span<const double> direct_first, std::uint64_t seed) {
    if (path_first.size() < fewest_of_each || direct_first.size() < fewest_of_each) return std::nullopt;
    std::vector<double> all(path_first.begin(), path_first.end());
    all.insert(all.end(), direct_first.begin(), direct_first.end());
    const double found = difference_at(all, path_first.size());
    std::mt19937_64 random(seed);
    // The order that was used is one of those possible, so the share is never zero. Rounding must not make
    // equal differences unequal.
    std::size_t as_large = 1;
    const double limit = std::abs(found) * (1 - 1e-9);
    for (std::size_t i = 0; i < orders; ++i) {
        std::ranges::shuffle(all, random);
        if (std::abs(difference_at(all, path_first.size())) >= limit) ++as_large;
    }
    return OrderEffect{path_first.size(), direct_first.size(), std::chrono::nanoseconds(std::llround(found)),
                       static_cast<double>(as_large) / static_cast<double>(orders + 1)};
}

}  // namespace streamgauge::report
