#pragma once

#include "report/comparison/comparison.h"

#include <boost/json/object.hpp>

namespace streamgauge::report {

/// A comparison for machines: runs, notes, whether it regressed or is undecided, and one row a figure.
/// Durations are nanoseconds, under names that end in `_ns`; changes are shares of the base, of shares their
/// difference. What is not known is absent.
boost::json::object comparison_to_json(const Comparison& comparison);

}  // namespace streamgauge::report
