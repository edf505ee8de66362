#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

#include <vector>

namespace streamgauge::scenarios {

/// Reads `load`: the phases in order, at least one of them measured.
std::vector<LoadPhase> read_load(const YamlNode& node, ReadContext& context);

}  // namespace streamgauge::scenarios
