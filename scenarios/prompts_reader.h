#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

#include <string>
#include <variant>

namespace streamgauge::scenarios {

/// Reads `workload.prompts`: a text, a file of prompts, or a recipe for synthetic ones.
decltype(Workload::prompts) read_prompts(const YamlNode& node, const std::string& path, ReadContext& context);

}  // namespace streamgauge::scenarios
