#include "bench/live/phase_bar.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace streamgauge::live {

namespace {

/// A phase that is shorter than this many columns is not told from its neighbours.
constexpr std::size_t least_columns_of_phase = 3;

/// The column at which a moment of the run stands.
std::size_t column_of(nanoseconds moment, nanoseconds total, std::size_t columns) {
    if (total.count() <= 0) return columns;
    const double part = static_cast<double>(moment.count()) / static_cast<double>(total.count());
    const double column = std::floor(std::clamp(part, 0.0, 1.0) * static_cast<double>(columns));
    return static_cast<std::size_t>(column);
}

}  // namespace

PhaseBar phase_bar(const std::vector<Snapshot::Phase>& phases, nanoseconds elapsed, std::size_t columns,
                   bool unicode) {
    nanoseconds total{0};
    for (const auto& phase : phases)
        total += phase.duration;
    std::vector<bool> gap(columns + 1);
    nanoseconds begin{0};
    std::size_t before = 0;
    for (const auto& phase : phases) {
        const auto column = column_of(begin, total, columns);
        if (begin.count() > 0 && column >= before + least_columns_of_phase) gap[column - 1] = true;
        before = column;
        begin += phase.duration;
    }
    const std::string_view done = unicode ? "\u2501" : "=", open = unicode ? "\u2500" : "-";
    const auto now = column_of(elapsed, total, columns);
    PhaseBar bar;
    for (std::size_t column = 0; column < columns; ++column) {
        auto& part = column < now ? bar.over : bar.to_come;
        part += gap[column] ? std::string_view(" ") : column < now ? done : open;
    }
    return bar;
}

}  // namespace streamgauge::live
