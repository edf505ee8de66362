#pragma once

#include "bench/cli/console.h"
#include "bench/cli/export_options.h"
#include "bench/cli/scenario_input.h"

#include <filesystem>
#include <vector>

namespace streamgauge::cli {

/// The command line of `streamgauge run`.
struct RunOptions {
    ScenarioInput input;
    std::filesystem::path out;  ///< empty: streamgauge-runs/NAME-TIME, or -2, ... behind it
    std::vector<std::filesystem::path> baselines;  ///< stand in for those of the scenario
    unsigned workers = 0;  ///< 0: as many as there are processors, at most `most_default_workers`
    bool quiet = false;
    bool json = false;
    bool no_colour = false;
    bool no_html = false;
    ExportOptions exports;
};

inline constexpr unsigned most_workers = 256;
inline constexpr unsigned most_default_workers = 8;

/// How many workers a run has when nobody says.
unsigned default_workers();

/// Fills in what the command line left open, first from the environment (STREAMGAUGE_OUT,
/// STREAMGAUGE_WORKERS), then by default. Throws UsageError when a variable makes no sense.
void complete(RunOptions& options, const Console& console);

}  // namespace streamgauge::cli
