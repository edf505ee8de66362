#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

/// The small sections that only set bounds.
namespace streamgauge::scenarios {

Limits read_limits(const YamlNode& node, ReadContext& context);
Connections read_connections(const YamlNode& node, ReadContext& context);
Timeouts read_timeouts(const YamlNode& node, ReadContext& context);
Budgets read_budgets(const YamlNode& node, ReadContext& context);

}  // namespace streamgauge::scenarios
