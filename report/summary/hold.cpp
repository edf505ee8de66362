#include "report/summary/hold.h"

#include "report/model/client_certainty.h"
#include "report/model/nearest_rank.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace streamgauge::report {

namespace {

using std::chrono::nanoseconds;

/// a - b without overflow, because the server may stamp anything.
std::int64_t difference(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (!__builtin_sub_overflow(a, b, &result)) return result;
    return a < b ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

std::optional<Hold> hold_from_stamps(const StreamTimeline& timeline) {
    if (timeline.tokens.empty() || timeline.stamps.size() != timeline.tokens.size()) return std::nullopt;
    std::vector<std::int64_t> delays;
    delays.reserve(timeline.tokens.size());
    for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
        if (uncertain) return;
        const std::int64_t arrival = timeline.arrival(first).time_since_epoch().count();
        for (std::size_t i = first; i < end; ++i) {
            delays.push_back(difference(arrival, timeline.stamps[i].sent.count()));
        }
    });
    if (delays.empty()) return std::nullopt;
    std::sort(delays.begin(), delays.end());
    const auto held = [&](double quantile) {
        return nanoseconds{difference(delays[nearest_rank(quantile, delays.size()) - 1], delays.front())};
    };
    return Hold{held(0.5), held(0.95), held(1)};
}

}  // namespace streamgauge::report
