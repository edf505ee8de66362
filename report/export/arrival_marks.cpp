#include "report/export/arrival_marks.h"

#include <algorithm>

namespace streamgauge::report {

std::vector<Moment> arrivals_of(const StreamTimeline& timeline) {
    std::vector<Moment> arrivals;
    arrivals.reserve(timeline.tokens.size());
    for (std::size_t i = 0; i < timeline.tokens.size(); ++i)
        arrivals.push_back(timeline.arrival(i));
    return arrivals;
}

std::vector<ArrivalMark> arrival_marks(std::span<const Moment> arrivals, Moment from,
                                       std::chrono::microseconds resolution) {
    using std::chrono::microseconds;
    std::vector<ArrivalMark> marks;
    for (const Moment arrival : arrivals) {
        const auto at = std::chrono::duration_cast<microseconds>(arrival - from);
        if (marks.empty() || at - marks.back().at >= std::max(resolution, microseconds{1})) {
            marks.push_back({at, 0});
        }
        ++marks.back().token_events;
    }
    return marks;
}

}  // namespace streamgauge::report
