#pragma once

#include "report/export/exported_run.h"

#include <string>

namespace streamgauge::report {

/// The figures of which smaller is better, as github-action-benchmark reads them with
/// `tool: customSmallerIsBetter`: a list of { name, unit, value, range, extra }, its `range` the 95 %
/// interval. Names stay the same from run to run, they are what the action compares by. What was not measured
/// is absent.
std::string benchmark_json(const ExportedRun& run);

}  // namespace streamgauge::report
