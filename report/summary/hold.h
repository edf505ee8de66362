#pragma once

#include "report/model/stream_timeline.h"

#include <chrono>
#include <optional>
#include <vector>

namespace streamgauge::report {

/// How long the path kept token events back, over one stream.
struct Hold {
    std::chrono::nanoseconds p50, p95, max;
};

/// Hold from the server's stamps: of each event (arrival - send) less the smallest of the stream, so that the
/// two clocks need not agree and a constant delay of the path does not count. Client-uncertain events are
/// left out. Empty unless every token event is stamped and one of them is certain.
std::optional<Hold> hold_from_stamps(const StreamTimeline& timeline);

/// The same of each token event by itself, in the order of the stream.
std::vector<std::chrono::nanoseconds> token_holds_from_stamps(const StreamTimeline& timeline);

/// When each token event would have arrived had nothing held it: its send stamp, moved by the smallest delay
/// of the stream; no later than it came and not before the request was sent. Empty where there is no hold.
std::vector<Moment> unheld_arrivals(const StreamTimeline& timeline);

}  // namespace streamgauge::report
