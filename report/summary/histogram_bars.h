#pragma once

#include "report/model/histogram.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace streamgauge::report {

/// A histogram as it is drawn: counts on a logarithmic grid that all histograms share, so that those of
/// several targets lie over each other. Bar `i` counts values in [1 us * 2^(i / parts_per_octave),
/// 1 us * 2^((i + 1) / parts_per_octave)). A grid of half as many parts is had by halving the numbers.
struct HistogramBars {
    std::uint64_t zeros = 0;                                    ///< 0, or below 1 us
    std::uint32_t parts_per_octave = 1;                         ///< a power of two
    std::vector<std::pair<std::uint32_t, std::uint64_t>> bars;  ///< (i, count), ascending, no empty ones

    bool operator==(const HistogramBars&) const = default;
};

/// At most `most_bars` bars, on the finest grid of 1 to 32 parts an octave that allows it.
HistogramBars histogram_bars(const Histogram& histogram, std::size_t most_bars = 96);

/// The same on a grid of 1/2, 1/4, ... as many parts, until there are at most `most_bars`.
HistogramBars coarsen(HistogramBars bars, std::size_t most_bars);

}  // namespace streamgauge::report
