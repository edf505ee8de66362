#include "bench/probe/rhythm_strip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

namespace streamgauge::probe {

namespace {

constexpr std::array<std::string_view, 9> blocks{"\u00b7", "\u2581", "\u2582", "\u2583", "\u2584",
                                                 "\u2585", "\u2586", "\u2587", "\u2588"};
constexpr std::array<std::string_view, 9> ascii{".", "_", "-", "-", "=", "=", "#", "#", "#"};

/// An even stream draws at this height.
constexpr double even_height = 2;

std::size_t column_of(std::chrono::nanoseconds arrival, std::chrono::nanoseconds end, std::size_t columns) {
    const double part = static_cast<double>(arrival.count()) / static_cast<double>(end.count());
    const auto column = std::floor(part * static_cast<double>(columns));
    return static_cast<std::size_t>(std::clamp(column, 0.0, static_cast<double>(columns - 1)));
}

}  // namespace

std::string_view height_mark(std::size_t eighths, bool unicode) {
    return (unicode ? blocks : ascii)[std::min(eighths, blocks.size() - 1)];
}

std::string rhythm_strip(std::span<const std::chrono::nanoseconds> arrivals, std::chrono::nanoseconds end,
                         std::size_t columns, bool unicode) {
    if (columns == 0 || end.count() <= 0 || arrivals.empty()) return {};
    std::vector<std::uint64_t> counts(columns);
    for (const auto arrival : arrivals)
        ++counts[column_of(arrival, end, columns)];
    const auto used = column_of(arrivals.back(), end, columns) + 1;
    const double even = std::max(1.0, static_cast<double>(arrivals.size()) / static_cast<double>(used));
    std::string strip;
    for (std::size_t column = 0; column < used; ++column) {
        const double height = std::round(even_height * static_cast<double>(counts[column]) / even);
        const auto eighths = static_cast<std::size_t>(std::clamp(height, 1.0, 8.0));
        strip += height_mark(counts[column] == 0 ? 0 : eighths, unicode);
    }
    return strip;
}

}  // namespace streamgauge::probe
