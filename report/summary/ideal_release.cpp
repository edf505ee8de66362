#include "report/summary/ideal_release.h"

#include "report/buffering/bursts.h"
#include "report/summary/hold.h"

#include <algorithm>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;

std::vector<nanoseconds> times_of(const std::vector<Burst>& bursts, nanoseconds time_to_first_token) {
    if (bursts.size() == 1) return {time_to_first_token};
    return making_times(bursts, time_to_first_token);
}

/// What the client blurred came in groups too, whoever made them.
std::vector<Burst> all_bursts(const StreamTimeline& timeline) {
    auto bursts = find_bursts(timeline);
    for (Burst& burst : bursts)
        burst.events += burst.uncertain_events;
    return bursts;
}

std::vector<Moment> evenly_released(const StreamTimeline& timeline) {
    std::vector<Moment> arrivals;
    if (timeline.tokens.empty()) return arrivals;
    arrivals.reserve(timeline.tokens.size());
    const Moment sent = timeline.sent.value_or(timeline.intended);
    const auto bursts = all_bursts(timeline);
    const auto times = times_of(bursts, std::max(nanoseconds{0}, timeline.arrival(0) - sent));
    for (std::size_t i = 0; i < bursts.size(); ++i) {
        const auto count = static_cast<std::int64_t>(bursts[i].events);
        for (std::int64_t after = count; after-- > 0;) {
            const Moment arrival = timeline.arrival(arrivals.size());
            const Moment ideal = arrival - times[i] * after / count;
            arrivals.push_back(arrivals.empty() ? ideal : std::max(arrivals.back(), ideal));
        }
    }
    return arrivals;
}

}  // namespace

IdealRelease ideal_release(const StreamTimeline& timeline) {
    auto stamped = unheld_arrivals(timeline);
    if (!stamped.empty()) return {IdealRelease::Source::stamps, std::move(stamped)};
    return {IdealRelease::Source::estimated, evenly_released(timeline)};
}

}  // namespace streamgauge::report
