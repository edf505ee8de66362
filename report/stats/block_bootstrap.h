#pragma once

#include "report/model/histogram.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace streamgauge::report {

/// What one stretch of time measured: the values, and how many requests were cut before theirs came.
struct TimeBlock {
    const Histogram* values = nullptr;
    std::uint64_t censored = 0;

    std::uint64_t size() const { return values->count() + censored; }
};

/// 95 % bounds of one quantile. An empty `high` says that the bound falls among censored requests, or that
/// the samples give none; an empty `low` likewise.
struct QuantileInterval {
    std::optional<std::chrono::nanoseconds> low, high;
};

/// Fewest filled blocks that a bootstrap is worth something with.
inline constexpr std::size_t minimum_blocks = 10;

/// Intervals of `quantiles` by resampling whole blocks of time with replacement (Carlstein 1986), because
/// what one request suffers its neighbours suffer too. Each phase in `phases` is resampled within itself, as
/// its share of the whole is given by the scenario. Empty blocks do not count. Censored requests rank above
/// all values. The result is a function of the arguments alone. All histograms share one relative error,
/// which is also that of the bounds. Empty when there are fewer than `minimum_blocks` filled blocks, or a
/// filled phase has fewer than 5.
std::optional<std::vector<QuantileInterval>> block_bootstrap(std::span<const std::vector<TimeBlock>> phases,
                                                             std::span<const double> quantiles,
                                                             std::uint64_t seed);

}  // namespace streamgauge::report
