#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

namespace streamgauge::scenarios {

/// Reads `workload`: what is asked for.
Workload read_workload(const YamlNode& node, ReadContext& context);

}  // namespace streamgauge::scenarios
