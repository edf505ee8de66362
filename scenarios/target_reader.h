#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

#include <vector>

namespace streamgauge::scenarios {

/// Reads `targets`, in the order of the file. Shares are equal until `split` says otherwise.
std::vector<Target> read_targets(const YamlNode& node, ReadContext& context);

/// Reads `split` into the targets' shares. It names every target and adds up to 100 %.
void read_split(const YamlNode& node, std::vector<Target>& targets, ReadContext& context);

}  // namespace streamgauge::scenarios
