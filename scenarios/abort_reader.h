#pragma once

#include "scenarios/abort_condition.h"
#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

#include <vector>

namespace streamgauge::scenarios {

/// Reads `abort_when`. `scenario` has its phases already: a condition that must hold for longer than they
/// last gets a warning.
std::vector<AbortCondition> read_abort_conditions(const YamlNode& node, const Scenario& scenario,
                                                  ReadContext& context);

}  // namespace streamgauge::scenarios
