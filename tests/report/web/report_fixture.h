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

/// Two targets behind the same model, one of them through a path that holds tokens in blocks of 4096 bytes; a
/// warm-up and two measured phases; failures, a bad moment, every judgement. The streams are generated from a
/// fixed seed, and everything said of them is what streamgauge itself measures.
Run buffered_gateway();

/// `buffered_gateway` with figures of pairs, of a chain of two hops, of a label and of a baseline.
Run compared();

/// One target that streams, one phase, nothing to complain of.
Run healthy();

/// A run that was interrupted before anything was measured: no groups with figures, no windows.
Run empty();

/// `compared` in which every text that could come from outside tries to become markup or a terminal
/// command.
Run hostile();

/// One run against two, all of them named by someone with bad intentions.
RunComparison hostile_runs();

}  // namespace streamgauge::report::fixture
