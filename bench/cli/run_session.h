#pragma once

#include "bench/cli/console.h"
#include "bench/cli/run_options.h"
#include "report/export/run_comparer.h"
#include "report/export/run_folder.h"
#include "report/summary/summary.h"
#include "scenarios/scenario.h"

namespace streamgauge::cli {

/// What a run left behind.
struct FinishedRun {
    report::Summary summary;
    report::RunFolder folder;
};

/// Runs a scenario and records it: its folder holds everything but the page when this returns. Shows
/// progress, and lets SIGINT and SIGTERM end the run early (the first drains, the second ends what is open,
/// the third ends the program); so does a condition of `abort_when`, like the first. In the end the run is
/// compared with `baseline`, if there is one. `options` are complete. Throws UsageError when the folder, a
/// certificate file or a prompt file cannot be used.
FinishedRun run_session(const scenarios::Scenario& scenario, const RunOptions& options, Console& console,
                        const report::RunComparer* baseline = nullptr);

}  // namespace streamgauge::cli
