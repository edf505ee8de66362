#pragma once

#include "scenarios/diagnostic_collector.h"
#include "scenarios/yaml_tree.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::scenarios {

/// Looks a variable up; empty when it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view)>;

struct Interpolated {
    std::string text;
    bool changed = false;                ///< at least one `${env:...}` was replaced
    std::vector<std::string> variables;  ///< what the environment gave, defaults left out
    std::string error;                   ///< one sentence; empty when all went well
};

/// Replaces `${env:NAME}` and `${env:NAME:-default}` by the variable's value. As in a shell, a default stands
/// in for a variable that is unset or empty. `$${` is a literal `${`; any other `${...}` is an error.
Interpolated interpolate(std::string_view raw, const Environment& environment);

/// Interpolates every scalar of a tree; keys stay as they are.
void interpolate_tree(YamlNode& node, const Environment& environment, DiagnosticCollector& diagnostics);

}  // namespace streamgauge::scenarios
