#pragma once

#include "report/export/terminal.h"
#include "report/summary/run_comparison.h"

#include <string>

namespace streamgauge::report {

/// A comparison as a person reads it: one sentence, then for each target and phase a table of its metrics,
/// with one candidate its change, 95 % interval and verdict, with several a column a run, then what would
/// help where something is undecided. Gated metrics are marked.
std::string run_comparison_text(const RunComparison& comparison, const TerminalStyle& style);

/// What a run's baseline says, for the summary at its end: the gated figures in a table, at most a dozen of
/// them, then what is open. Begins with an empty line.
std::string baseline_text(const RunComparison& comparison, const TerminalStyle& style);

}  // namespace streamgauge::report
