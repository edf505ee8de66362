#pragma once

#include "bench/micro/end_to_end/modes.h"

namespace streamgauge::micro {

/// Raises the rate of tokens over 5,000 streams until the p99 of the token error passes 1 ms, and prints the
/// highest rate below, for each client. Where the server gives in first, the figure is a lower bound and says
/// so.
std::vector<Measurement> run_rate_search(const ModeOptions& options);

}  // namespace streamgauge::micro
