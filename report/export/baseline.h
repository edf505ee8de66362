#pragma once

#include "report/export/run_comparer.h"
#include "report/export/run_folder.h"
#include "scenarios/scenario.h"

#include <optional>

namespace streamgauge::report {

/// What `baseline` asks of a comparison.
ComparisonOptions comparison_options(const scenarios::Baseline& baseline);

/// Reads the runs that a scenario is compared with, before its own begins; empty when it names none. Throws
/// RunFolderError, in one sentence, where one is missing or damaged or has measured nothing that the
/// scenario will: such a gate would never close.
std::optional<RunComparer> read_baseline(const scenarios::Scenario& scenario);

/// Compares a run whose rows are written. It never throws: a comparison that cannot be made has no rows, and
/// a note that says why.
RunComparison compare_with_baseline(RunComparer baseline, const scenarios::Scenario& scenario,
                                    const RunFolder& run);

}  // namespace streamgauge::report
