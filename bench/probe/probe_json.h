#pragma once

#include "bench/probe/report.h"

#include <string>

namespace streamgauge::probe {

/// A probe for machines: one JSON object with a line end. Durations are in nanoseconds; what was not measured
/// is absent. README.md lists the fields; more may join, none is renamed within one `schema_version`.
std::string probe_json(const Report& report);

}  // namespace streamgauge::probe
