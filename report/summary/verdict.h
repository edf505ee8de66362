#pragma once

#include "report/summary/summary.h"
#include "scenarios/scenario.h"

namespace streamgauge::report {

/// Checks every expectation against each group it applies to, adds the implied `errors < 1%` where a scenario
/// that expects anything has no gate on errors, and says what the program exits with: 130 or 143 after a
/// signal, else 3 when something could not be measured, else 1 when an expectation was missed or a gated
/// figure is worse than the baseline, else 0. A run that `abort_when` ended is 1 even where too few samples
/// came for a gate, but 3 when it is not valid. `summary` has its groups, its validity, its run, and what its
/// baseline says.
Verdict judge(const scenarios::Scenario& scenario, const Summary& summary);

/// True of a run that is judged `passed` for want of anything to judge it by: the scenario has neither
/// expectations nor a baseline. It only measured, so no sign of success stands beside it.
bool has_only_measured(const Summary& summary);

}  // namespace streamgauge::report
