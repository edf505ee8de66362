#pragma once

#include "scenarios/mapping_reader.h"
#include "scenarios/read_context.h"
#include "scenarios/scenario.h"

#include <optional>

namespace streamgauge::scenarios {

/// Reads `compare` or `hops` of a scenario whose targets are known; empty when it has neither, or one that is
/// wrong. Each takes in every target. Reports where two of `compare`, `hops` and `split` stand together.
std::optional<Comparison> read_comparison(MappingReader& scenario, const std::vector<Target>& targets,
                                          ReadContext& context);

}  // namespace streamgauge::scenarios
