#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

namespace streamgauge::scenarios {

/// Reads the tree of a whole scenario, section by section, and reports everything that is wrong with it.
Scenario read_scenario(const YamlNode& root, ReadContext& context);

}  // namespace streamgauge::scenarios
