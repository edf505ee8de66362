#pragma once

#include "report/summary/request_metrics.h"
#include "scenarios/scenario.h"

#include <span>
#include <vector>

namespace streamgauge::report {

/// True when the comparison holds between `measured` and `limit`.
bool compares(double measured, scenarios::Comparator comparator, double limit);

/// True for a completed request that meets every limit. A stream that has tokens and no gap between two of
/// them breaks no limit on gaps or TPOT; any other figure that is missing fails its limit.
bool meets(const RequestMetrics& request, std::span<const scenarios::Condition> limits);

using GoodputLimits = std::vector<scenarios::Condition>;

/// What each goodput expectation of the scenario asks of a request, in the order of the expectations, which
/// is also that of `GroupSummary::goodputs`.
std::vector<GoodputLimits> goodput_limits(const scenarios::Scenario& scenario);

}  // namespace streamgauge::report
