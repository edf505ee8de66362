#include "report/export/waterfall.h"

#include <algorithm>

namespace streamgauge::report {
namespace {

using std::chrono::microseconds;

Moment last_moment(const StreamTimeline& timeline) {
    if (!timeline.tokens.empty()) return timeline.arrival(timeline.tokens.size() - 1);
    return timeline.end.value_or(timeline.sent.value_or(timeline.intended));
}

}  // namespace

Waterfall waterfall_of(const StreamTimeline& timeline) {
    const auto since_due = [&](const std::optional<Moment>& moment) -> std::optional<microseconds> {
        if (!moment) return std::nullopt;
        return std::chrono::duration_cast<microseconds>(*moment - timeline.intended);
    };
    Waterfall made;
    made.request_id = timeline.request_id;
    made.phase = timeline.phase;
    made.outcome = timeline.outcome;
    made.detail = timeline.detail;
    made.connect_start = since_due(timeline.connect_start);
    made.resolved = since_due(timeline.resolved);
    made.connected = since_due(timeline.connected);
    made.tls_done = since_due(timeline.tls_done);
    made.sent = since_due(timeline.sent);
    made.headers = since_due(timeline.headers);
    made.first_byte = since_due(timeline.first_byte);
    made.end = since_due(timeline.end);
    made.token_events = timeline.tokens.size();
    const auto arrivals = arrivals_of(timeline);
    if (arrivals.empty()) return made;
    made.first_token = since_due(arrivals.front());
    made.last_token = since_due(arrivals.back());
    const auto resolution = (*made.last_token - *made.first_token) / max_waterfall_marks;
    made.marks = arrival_marks(arrivals, timeline.intended, resolution);
    return made;
}

std::vector<const StreamTimeline*> slowest_of(std::vector<const StreamTimeline*> timelines,
                                              std::size_t most) {
    const auto duration = [](const StreamTimeline* timeline) {
        return last_moment(*timeline) - timeline->intended;
    };
    std::ranges::stable_sort(timelines, std::ranges::greater(), duration);
    if (timelines.size() > most) timelines.resize(most);
    return timelines;
}

}  // namespace streamgauge::report
