#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

#include <vector>

namespace streamgauge::scenarios {

/// Reads `expect`. `scenario` has its targets and phases already, for the names that expectations use.
std::vector<Expectation> read_expectations(const YamlNode& node, const Scenario& scenario,
                                           ReadContext& context);

}  // namespace streamgauge::scenarios
