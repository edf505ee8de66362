#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace streamgauge::report {

/// Does it matter which of a pair was sent first? Where prefixes or answers are cached the second of two
/// equal prompts is faster, and a comparison that always sends one side first measures the cache.
struct OrderEffect {
    std::size_t path_first = 0, direct_first = 0;  ///< pairs
    /// Mean delay of the path where it went first, less that where it went second.
    std::chrono::nanoseconds difference{0};
    double p_value = 1;  ///< two-sided: share of random orders that give as large a difference

    bool is_significant() const { return p_value < 0.05; }
};

/// Permutation test (Fisher) over the mean delays, in ns, of pairs by the order they were sent in; 2,000
/// orders drawn from `seed`. Empty for fewer than 3 pairs of either order, which can show nothing.
std::optional<OrderEffect> order_effect(std::span<const double> path_first,
                                        std::span<const double> direct_first, std::uint64_t seed);

}  // namespace streamgauge::report
