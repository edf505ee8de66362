#pragma once

#include "bench/micro/end_to_end/figures.h"
#include "bench/micro/end_to_end/load.h"

#include <cstdint>

namespace streamgauge::micro {

/// Runs the load with streamgauge's engine, one worker, in this process. With `recording` every row and every
/// figure of a run is made and written as `streamgauge run` does, into a folder that is removed again.
Figures run_engine(const Load& load, std::uint16_t port, Moment start, bool recording);

/// The same with the bare client.
Figures run_floor(const Load& load, std::uint16_t port, Moment start);

}  // namespace streamgauge::micro
