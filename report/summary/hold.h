#pragma once

#include "report/model/stream_timeline.h"

#include <chrono>
#include <optional>

namespace streamgauge::report {

/// How long the path kept token events back, over one stream.
struct Hold {
    std::chrono::nanoseconds p50, p95, max;
};

/// Hold from the server's stamps: of each event (arrival - send) less the smallest of the stream, so that the
/// two clocks need not agree and a constant delay of the path does not count. Client-uncertain events are
/// left out. Empty unless every token event is stamped and one of them is certain.
std::optional<Hold> hold_from_stamps(const StreamTimeline& timeline);

}  // namespace streamgauge::report
