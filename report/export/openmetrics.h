#pragma once

#include "report/export/exported_run.h"

#include <string>

namespace streamgauge::report {

/// The run as OpenMetrics 1.0 text, one family a metric, labelled by target and measured phase. GitLab shows
/// in a merge request which samples changed, comparing them as text; so that two runs of the same service
/// mostly read the same, values are rounded to two significant digits and never finer than 1 ms, a tenth of
/// a percent for shares. Intervals and order effects of pairs, which chance changes every time, are left out.
/// summary.json has the exact ones. What was not measured is absent.
std::string openmetrics_text(const ExportedRun& run);

}  // namespace streamgauge::report
