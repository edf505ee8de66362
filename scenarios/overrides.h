#pragma once

#include "scenarios/diagnostic_collector.h"
#include "scenarios/yaml_tree.h"

#include <string>
#include <utility>
#include <vector>

namespace streamgauge::scenarios {

/// Puts each `--set path=value` into the tree, in order. A value is read as YAML, so it can be a list or a
/// mapping in braces. Phases go by their names (`load.peak.rate`), and a key that the file leaves out is
/// added; whether the language has it is the readers' to say. Headers are refused: arguments are visible to
/// everyone on the machine.
void apply_overrides(YamlNode& root, const std::vector<std::pair<std::string, std::string>>& overrides,
                     DiagnosticCollector& diagnostics);

}  // namespace streamgauge::scenarios
