#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace streamgauge::report {

/// Rank, counted from 1, of the sample that is the `quantile` (0..1) of `samples` samples: the smallest one
/// that at least this share of all lies at or below. 1 without samples.
inline std::uint64_t nearest_rank(double quantile, std::uint64_t samples) {
    const double exact = std::clamp(quantile, 0.0, 1.0) * static_cast<double>(samples);
    // 0.07 * 100 is 7.000000000000001 in binary; that is still the seventh.
    const double rank = std::ceil(exact * (1 - 1e-14));
    return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(rank), 1,
                                     std::max<std::uint64_t>(samples, 1));
}

}  // namespace streamgauge::report
