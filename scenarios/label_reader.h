#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

#include <cstddef>
#include <vector>

namespace streamgauge::scenarios {

/// A scenario has no more labels than this: each multiplies the figures that are kept.
inline constexpr std::size_t most_labels = 4;

/// Reads `labels`, a mapping of names to `response.header(NAME)`. Headers that carry credentials are refused,
/// because a label's values stand in every output.
std::vector<Label> read_labels(const YamlNode& node, ReadContext& context);

}  // namespace streamgauge::scenarios
