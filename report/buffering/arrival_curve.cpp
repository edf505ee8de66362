#include "report/buffering/arrival_curve.h"

#include "report/buffering/timeline_flaw.h"
#include "report/model/client_certainty.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace streamgauge::report {
namespace {

constexpr std::size_t fewest_events = 6;
/// A client that is late is late for many tokens in a row; beyond this share too much of the answer is a
/// guess.
constexpr double most_uncertain = 0.1;

/// The token events whose time is certain.
struct Arrivals {
    std::vector<double> ranks;    ///< among all token events, from 0
    std::vector<double> moments;  ///< in ns from `sent`, in order

    bool tell_enough(std::size_t events) const {
        const auto uncertain = static_cast<double>(events - ranks.size());
        return ranks.size() >= fewest_events && uncertain <= most_uncertain * static_cast<double>(events);
    }

    /// The moment at a rank, straight lines between those that are certain.
    double at(double rank) const {
        const auto above = std::ranges::upper_bound(ranks, rank);
        if (above == ranks.begin()) return moments.front();
        if (above == ranks.end()) return moments.back();
        const auto i = static_cast<std::size_t>(above - ranks.begin());
        const double part = (rank - ranks[i - 1]) / (ranks[i] - ranks[i - 1]);
        return moments[i - 1] * (1 - part) + moments[i] * part;
    }
};

Arrivals arrivals_of(const StreamTimeline& timeline) {
    Arrivals arrivals;
    if (!flaw_of(timeline).empty()) return arrivals;
    const auto begin = timeline.sent.value_or(timeline.intended);
    for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
        if (uncertain) return;
        for (std::size_t rank = first; rank < end; ++rank)
            arrivals.ranks.push_back(static_cast<double>(rank));
        const auto since = static_cast<double>((timeline.arrival(first) - begin).count());
        arrivals.moments.insert(arrivals.moments.end(), end - first, since);
    });
    std::ranges::sort(arrivals.moments);
    return arrivals;
}

}  // namespace

ArrivalCurve arrival_curve(const StreamTimeline& timeline) {
    ArrivalCurve curve;
    const auto arrivals = arrivals_of(timeline);
    const auto events = timeline.tokens.size();
    if (!arrivals.tell_enough(events)) return curve;
    curve.reserve(arrival_points);
    for (std::size_t i = 0; i < arrival_points; ++i) {
        const double u = (static_cast<double>(i) + 0.5) / arrival_points;
        const double moment = arrivals.at(u * static_cast<double>(events) - 0.5);
        curve.emplace_back(std::chrono::microseconds(std::llround(moment / 1000)));
    }
    return curve;
}

}  // namespace streamgauge::report
