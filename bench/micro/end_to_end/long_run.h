#pragma once

#include "bench/micro/end_to_end/modes.h"

namespace streamgauge::micro {

/// Peak memory of a recorded run and of one ten times as long, at the same rate of requests.
std::vector<Measurement> run_long_run(const ModeOptions& options);

}  // namespace streamgauge::micro
