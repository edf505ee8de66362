#include "report/summary/hold.h"

#include "report/model/client_certainty.h"
#include "report/model/nearest_rank.h"

#include <algorithm>
#include <limits>

namespace streamgauge::report {

namespace {

using std::chrono::nanoseconds;

/// a - b without overflow, because the server may stamp anything.
nanoseconds difference(nanoseconds a, nanoseconds b) {
    std::int64_t result = 0;
    if (!__builtin_sub_overflow(a.count(), b.count(), &result)) return nanoseconds{result};
    return a < b ? nanoseconds::min() : nanoseconds::max();
}

/// Arrival less send stamp of a token event, between two clocks that need not agree.
nanoseconds delay_of(const StreamTimeline& timeline, std::size_t index) {
    return difference(timeline.arrival(index).time_since_epoch(), timeline.stamps[index].sent);
}

/// Of the events that are not client-uncertain, in order.
std::vector<nanoseconds> certain_delays(const StreamTimeline& timeline) {
    std::vector<nanoseconds> delays;
    if (timeline.stamps.size() != timeline.tokens.size()) return delays;
    delays.reserve(timeline.tokens.size());
    for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
        for (std::size_t i = first; i < end && !uncertain; ++i)
            delays.push_back(delay_of(timeline, i));
    });
    return delays;
}

}  // namespace

std::vector<nanoseconds> token_holds_from_stamps(const StreamTimeline& timeline) {
    auto delays = certain_delays(timeline);
    if (delays.empty()) return delays;
    const auto smallest = *std::ranges::min_element(delays);
    for (auto& delay : delays)
        delay = difference(delay, smallest);
    return delays;
}

std::optional<Hold> hold_from_stamps(const StreamTimeline& timeline) {
    auto holds = token_holds_from_stamps(timeline);
    if (holds.empty()) return std::nullopt;
    std::ranges::sort(holds);
    const auto held = [&](double quantile) { return holds[nearest_rank(quantile, holds.size()) - 1]; };
    return Hold{held(0.5), held(0.95), held(1)};
}

std::vector<Moment> unheld_arrivals(const StreamTimeline& timeline) {
    std::vector<Moment> arrivals;
    const auto delays = certain_delays(timeline);
    if (delays.empty()) return arrivals;
    const auto smallest = *std::ranges::min_element(delays);
    const Moment sent = timeline.sent.value_or(timeline.intended);
    for (std::size_t i = 0; i < timeline.tokens.size(); ++i) {
        const Moment arrival = timeline.arrival(i);
        const auto held = std::max(nanoseconds{0}, difference(delay_of(timeline, i), smallest));
        arrivals.push_back(arrival - std::min(held, std::max(nanoseconds{0}, arrival - sent)));
    }
    return arrivals;
}

}  // namespace streamgauge::report
