#pragma once

#include "bench/micro/end_to_end/modes.h"

namespace streamgauge::micro {

/// From the start of `streamgauge run` to the first byte of its first request, as a listener sees it. Throws
/// std::runtime_error when the program is not there or asks for nothing.
std::vector<Measurement> run_start_time(const ModeOptions& options);

}  // namespace streamgauge::micro
