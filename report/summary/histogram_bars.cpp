#include "report/summary/histogram_bars.h"

#include <algorithm>
#include <cmath>

namespace streamgauge::report {
namespace {

/// A bar is then still some ten bins of the histogram wide, so that their edges do not show as ripples.
constexpr std::uint32_t most_parts = 32;
constexpr std::int64_t first_edge_ns = 1'000;

void add(HistogramBars& into, std::uint32_t bar, std::uint64_t count) {
    if (into.bars.empty() || into.bars.back().first != bar) into.bars.emplace_back(bar, 0);
    into.bars.back().second += count;
}

}  // namespace

HistogramBars histogram_bars(const Histogram& histogram, std::size_t most_bars) {
    HistogramBars made;
    made.parts_per_octave = most_parts;
    for (const auto& [bin, count] : histogram.bins()) {
        const auto value = std::clamp(histogram.bin_value(bin), histogram.min(), histogram.max()).count();
        if (value < first_edge_ns) {
            made.zeros += count;
            continue;
        }
        const double octaves = std::log2(static_cast<double>(value) / static_cast<double>(first_edge_ns));
        add(made, static_cast<std::uint32_t>(octaves * most_parts), count);
    }
    return coarsen(std::move(made), most_bars);
}

HistogramBars coarsen(HistogramBars bars, std::size_t most_bars) {
    while (bars.bars.size() > most_bars && bars.parts_per_octave > 1) {
        HistogramBars half{bars.zeros, bars.parts_per_octave / 2, {}};
        for (const auto& [bar, count] : bars.bars)
            add(half, bar / 2, count);
        bars = std::move(half);
    }
    return bars;
}

}  // namespace streamgauge::report
