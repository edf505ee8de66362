#pragma once

#include "bench/micro/end_to_end/modes.h"

namespace streamgauge::micro {

/// Peak memory of recorded runs at the same rate of requests, each ten times as long as the one before.
std::vector<Measurement> run_long_run(const ModeOptions& options);

}  // namespace streamgauge::micro
