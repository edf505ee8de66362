#include "report/stats/wilson_interval.h"

#include <algorithm>
#include <cmath>

namespace streamgauge::report {

ShareInterval wilson_interval(std::uint64_t count, std::uint64_t of) {
    if (of == 0) return {};
    constexpr double z = 1.959963984540054;  // of the normal distribution, 2.5 % on each side
    const double n = static_cast<double>(of);
    const double share = static_cast<double>(count) / n;
    const double scale = 1 + z * z / n;
    const double center = (share + z * z / (2 * n)) / scale;
    const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    // At the ends the formula gives exactly 0 and 1; rounding may miss them by a hair.
    return {count == 0 ? 0.0 : std::max(center - half, 0.0),
            count == of ? 1.0 : std::min(center + half, 1.0)};
}

}  // namespace streamgauge::report
