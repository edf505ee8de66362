#pragma once

#include "report/model/stream_timeline.h"

#include <chrono>
#include <cstddef>
#include <vector>

namespace streamgauge::report {

/// When each part of an answer had come: element i is the moment, from `sent`, by which the share
/// u = (i + 1/2) / 200 of its token events had arrived, to the microsecond. All that a comparison of two
/// streams needs, in bounded memory. Has `arrival_points` elements, or none when it is not known.
using ArrivalCurve = std::vector<std::chrono::nanoseconds>;

/// Of 50 points the second to last would lie three tokens before the end of 100, which a full buffer holds
/// for three tokens' time.
inline constexpr std::size_t arrival_points = 200;

/// The curve of one stream, straight over client-uncertain events. Empty for fewer than 6 events that count,
/// where more than a tenth is uncertain, and for moments that cannot be trusted.
ArrivalCurve arrival_curve(const StreamTimeline& timeline);

}  // namespace streamgauge::report
