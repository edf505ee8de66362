#pragma once

#include "report/model/moment.h"
#include "report/model/stream_timeline.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace streamgauge::report {

/// Token events that a picture shows as one dot.
struct ArrivalMark {
    std::chrono::microseconds at{0};
    std::uint64_t token_events = 0;

    bool operator==(const ArrivalMark&) const = default;
};

/// When each token event arrived.
std::vector<Moment> arrivals_of(const StreamTimeline& timeline);

/// Marks for `arrivals`, ascending, counted from `from`. Arrivals closer than `resolution` (at least 1 us) to
/// the first of a mark share it.
std::vector<ArrivalMark> arrival_marks(std::span<const Moment> arrivals, Moment from,
                                       std::chrono::microseconds resolution);

}  // namespace streamgauge::report
