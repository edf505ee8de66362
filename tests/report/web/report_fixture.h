#pragma once

#include "report/model/stream_timeline.h"
#include "report/summary/summary.h"

#include <vector>

namespace streamgauge::report::fixture {

/// A run as the page gets it.
struct Run {
    Summary summary;
    std::vector<StreamTimeline> timelines;
};

/// Two targets behind the same simulated model, one of them through a path that holds tokens in blocks of
/// 4096 bytes; a warm-up and two measured phases; errors, a stall, every judgement. Made from a fixed seed:
/// the figures are computed from the generated streams, not invented.
Run buffered_gateway();

/// One target that streams, one phase, every expectation held.
Run healthy();

/// A run that was interrupted before anything was measured: no groups with figures, no windows.
Run empty();

/// `buffered_gateway` in which every text that could come from outside tries to become markup or a terminal
/// command.
Run hostile();

}  // namespace streamgauge::report::fixture
