#pragma once

#include <cstdint>

namespace streamgauge::report {

/// Ranks, counted from 1, of the samples that bound a quantile with 95 % probability. `low` 0 or `high` above
/// the number of samples mean that the samples give no bound on that side.
struct RankInterval {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};

/// Distribution-free interval of a quantile from the ranks of `samples` independent samples: the number of
/// samples below the quantile is binomial, and at most 2.5 % of it is cut off on each side (David and
/// Nagaraja, Order Statistics, 7.1). `quantile` is in 0..1, both excluded.
RankInterval quantile_rank_interval(double quantile, std::uint64_t samples);

}  // namespace streamgauge::report
