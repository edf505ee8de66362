#pragma once

#include "scenarios/diagnostic_collector.h"
#include "scenarios/scenario.h"

#include <optional>

namespace streamgauge::scenarios {

/// The most requests that one target can get in one phase: by the rate over time in an open loop, by
/// `limits.requests` in any. Empty when nothing bounds them beforehand.
std::optional<double> most_requests(const Scenario& scenario, const Target& target, const LoadPhase& phase);

/// Warns about percentile gates that too few requests can reach, which would end as "could not measure", and
/// about comparisons of fewer than 5 pairs.
void warn_about_sample_sizes(const Scenario& scenario, DiagnosticCollector& diagnostics);

}  // namespace streamgauge::scenarios
