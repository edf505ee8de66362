#pragma once

#include "bench/cli/console.h"
#include "report/export/run_comparer.h"
#include "scenarios/scenario.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::cli {

/// A scenario as the command line names it.
struct ScenarioInput {
    std::filesystem::path file;
    std::vector<std::string> overrides;  ///< `path=value`
};

/// Reads and checks a scenario and its prompt file, and writes everything found to `console.err`. Empty when
/// there are errors. Throws UsageError when the file is not there or an override has no `=`.
std::optional<scenarios::Scenario> load(const ScenarioInput& input, Console& console);

/// Reads the runs that the scenario is compared with; those of `named`, when there are any, stand in for its
/// own. Empty when there are none. Throws UsageError, with the place in the scenario, where one cannot be
/// used.
std::optional<report::RunComparer> load_baseline(scenarios::Scenario& scenario,
                                                 const std::vector<std::filesystem::path>& named);

}  // namespace streamgauge::cli
