#include "bench/live/sparkline.h"

#include "bench/probe/rhythm_strip.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace streamgauge::live {

namespace {

using Values = std::span<const std::optional<double>>;

/// The value that fills the line; 0 where all are.
double top_of(Values values) {
    std::vector<double> above_zero;
    for (const auto& value : values) {
        if (value && *value > 0) above_zero.push_back(*value);
    }
    if (above_zero.empty()) return 0;
    std::sort(above_zero.begin(), above_zero.end());
    return std::max(above_zero.back(), 2 * above_zero[above_zero.size() / 2]);
}

std::size_t eighths_of(double value, double top) {
    if (value <= 0) return 0;
    return static_cast<std::size_t>(std::clamp(std::round(8 * value / top), 1.0, 8.0));
}

}  // namespace

std::string sparkline(const Series& series, std::size_t columns, bool unicode) {
    const auto shown = Values(series).last(std::min(series.size(), columns));
    const double top = top_of(shown);
    std::string line(columns - shown.size(), ' ');
    for (const auto& value : shown)
        line += value ? probe::height_mark(eighths_of(*value, top), unicode) : std::string_view(" ");
    return line;
}

}  // namespace streamgauge::live
