#pragma once

#include "report/comparison/comparison.h"
#include "report/export/terminal.h"

#include <string>

namespace streamgauge::report {

/// A comparison as a person reads it: one sentence, then for each target and phase a table of its metrics,
/// with one candidate its change, 95 % interval and verdict, with several a column a run, then what would
/// help where something is undecided. Gated metrics are marked.
std::string run_comparison_text(const Comparison& comparison, const TerminalStyle& style);

}  // namespace streamgauge::report
