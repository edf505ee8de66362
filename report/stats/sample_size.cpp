#include "report/stats/sample_size.h"

#include <cmath>

namespace streamgauge::report {

std::uint64_t minimum_samples(double quantile) {
    if (quantile <= 0 || quantile >= 1) return 1;
    return static_cast<std::uint64_t>(std::ceil(std::log(0.05) / std::log(quantile)));
}

}  // namespace streamgauge::report
