#pragma once

#include "bench/cli/console.h"
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

}  // namespace streamgauge::cli
