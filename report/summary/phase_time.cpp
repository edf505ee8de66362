#include "report/summary/phase_time.h"

#include <algorithm>

namespace streamgauge::report {

using std::chrono::nanoseconds;

nanoseconds PhaseTime::overlap(nanoseconds from, nanoseconds to) const {
    return std::max(std::min(to, end) - std::max(from, begin), nanoseconds{0});
}

PhaseTime PhaseTime::until(nanoseconds run_end) const {
    return {std::min(begin, run_end), std::min(end, run_end)};
}

std::vector<PhaseTime> phase_times(const scenarios::Scenario& scenario) {
    std::vector<PhaseTime> times;
    nanoseconds begin{0};
    for (const auto& phase : scenario.load) {
        times.push_back({begin, begin + phase.duration});
        begin += phase.duration;
    }
    return times;
}

}  // namespace streamgauge::report
