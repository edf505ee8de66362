#pragma once

#include <span>
#include <vector>

namespace streamgauge::report {

/// Holm's step-down adjustment ("A simple sequentially rejective multiple test procedure", 1979) of p-values,
/// each in 0..1: rejecting those whose adjusted value is at most 0.05 keeps the chance of one false rejection
/// or more at 5 %, however the tests depend on each other. In the order of `p_values`.
std::vector<double> holm_adjusted(std::span<const double> p_values);

}  // namespace streamgauge::report
