#pragma once

#include <cstdint>

namespace streamgauge::report {

/// Fewest samples with which the largest one lies above the `quantile` with 95 % probability:
/// 1 - quantile^n >= 0.95. 59 for p95, 299 for p99, 2,995 for p99.9. `quantile` is in 0..1; at 0 and below it
/// is 1, at 1 and above (the maximum itself) it is 1 too, because the largest sample is what it is.
std::uint64_t minimum_samples(double quantile);

}  // namespace streamgauge::report
