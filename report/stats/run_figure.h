#pragma once

#include "report/stats/blocked_sample.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace streamgauge::report {

/// The scale on which figures of two runs are subtracted from each other.
enum class FigureScale : std::uint8_t {
    ratio,  ///< natural logarithm: durations, of which one compares ratios
    share,  ///< as it is: shares in 0..1, of which one compares differences
};

/// One figure of a run, such as its p95, and how far it would stray if the same run were repeated under the
/// same conditions.
struct RunFigure {
    FigureScale scale = FigureScale::ratio;
    double value = 0;     ///< infinite where the quantile falls among censored requests
    double location = 0;  ///< on the scale
    double variance = 0;  ///< of `location`, within this run
    std::size_t blocks = 0;
    std::size_t samples = 0;
    double beyond = 0;  ///< share of the resamples in which the quantile falls among censored requests
};

/// The `quantile` (0..1, by nearest rank) of a sample of durations in nanoseconds, with its variance by
/// resampling whole blocks of time with replacement (Carlstein 1986), times n / (n - 1) because n blocks vary
/// less around their own mean. Durations below 1 us count as 1 us. `seed` decides the resamples alone. Empty
/// for fewer than 10 blocks.
std::optional<RunFigure> quantile_figure(const BlockedSample& sample, double quantile, std::uint64_t seed);

/// The share of observations that are 1, the others being 0. Its variance is that of a ratio over blocks
/// (Cochran, Sampling Techniques, 6.3), and at least that of independent requests with one success and one
/// failure added (Agresti and Caffo 2000), so that no error in a run does not mean that none is possible.
/// Empty for fewer than 10 blocks.
std::optional<RunFigure> share_figure(const BlockedSample& sample);

}  // namespace streamgauge::report
