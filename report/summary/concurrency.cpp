#include "report/summary/concurrency.h"

#include <algorithm>

namespace streamgauge::report {

using std::chrono::nanoseconds;

void Concurrency::add(const RequestMetrics& request) {
    if (!request.total) return;
    const nanoseconds end = request.start + *request.total;
    changes_.reach(end);
    Change& first = changes_.at(request.start);
    ++first.opened;
    ++first.opened_less_ended;
    --changes_.at(end).opened_less_ended;
}

std::uint64_t Concurrency::maximum(const PhaseTime& phase) const {
    std::int64_t open = 0, most = 0;
    bool any = false;
    nanoseconds begin{0};
    for (const Change& change : changes_.slots()) {
        const bool inside = begin >= phase.begin && begin < phase.end;
        if (inside) most = std::max(most, open);
        any = any || (inside && change.opened > 0);
        open += change.opened_less_ended;
        begin += changes_.length();
    }
    // Requests shorter than a slot are open at no border, and yet there were some.
    return std::max(static_cast<std::uint64_t>(most), std::uint64_t{any ? 1U : 0U});
}

}  // namespace streamgauge::report
