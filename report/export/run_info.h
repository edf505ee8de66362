#pragma once

#include "report/summary/summary.h"
#include "scenarios/scenario.h"

#include <cstdint>
#include <string>

namespace streamgauge::report {

/// What a run is, as known when it starts: the scenario's names, targets without secrets, phases with their
/// shape in words, this program's version, this machine.
RunInfo describe_run(const scenarios::Scenario& scenario, unsigned workers, std::int64_t start_unix_ns);

/// `1,000 users`, `0 to 1,000 users over 10s, 1s think time`, `50/s poisson`.
std::string describe_shape(const scenarios::LoadPhase& phase);

}  // namespace streamgauge::report
