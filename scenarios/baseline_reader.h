#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

namespace streamgauge::scenarios {

/// Reads `baseline`: a run folder, a list of them, or a mapping of `runs`, `gate` and `floor`. Whether the
/// folders hold runs is not looked at here: the command line may name others.
Baseline read_baseline(const YamlNode& node, ReadContext& context);

}  // namespace streamgauge::scenarios
