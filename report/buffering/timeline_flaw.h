#pragma once

#include "report/model/stream_timeline.h"

#include <string>

namespace streamgauge::report {

/// Why the moments of a stream cannot be trusted, as one clause; empty when they can. A stamp may lie up to
/// 1 ms before the one ahead of it, because mapped kernel stamps and stamps of our own mix. After an empty
/// answer every difference of two of the stream's arrivals is a duration of less than a year, and every token
/// names a read that exists, none before the token ahead of it.
std::string flaw_of(const StreamTimeline& timeline);

}  // namespace streamgauge::report
