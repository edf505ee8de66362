#pragma once

#include "report/summary/run_comparison.h"

#include <boost/json/object.hpp>

namespace streamgauge::report {

/// A comparison for machines: runs, floor, notes, whether it regressed or is undecided, and one row a figure.
/// Durations are nanoseconds, under names that end in `_ns`; changes are shares of the base, of shares their
/// difference. What is not known is absent: a change without interval has neither `low` nor `high`, and the
/// `reason` for it.
boost::json::object comparison_to_json(const RunComparison& comparison);

/// The way back, less where the scenario asked for it. What is damaged reads as not known.
RunComparison comparison_from_json(const boost::json::object& object);

}  // namespace streamgauge::report
