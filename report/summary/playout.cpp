#include "report/summary/playout.h"

#include <algorithm>

namespace streamgauge::report {

using std::chrono::nanoseconds;

void Playout::first_token(nanoseconds ttft) {
    interval(ttft, budgets_.ttft);
}

void Playout::gap(nanoseconds gap) {
    interval(gap, budgets_.gap);
}

void Playout::interval(nanoseconds taken, nanoseconds deadline) {
    beyond_budget_ += std::max(taken - deadline, nanoseconds{0});
    if (taken <= deadline + slack_) {
        slack_ += deadline - taken;
        ++met_;
        return;
    }
    const nanoseconds late = taken - slack_ - deadline;
    const nanoseconds step = std::max(budgets_.gap, nanoseconds{1});
    missed_ += static_cast<std::uint64_t>(late / step) + 1;
    slack_ = nanoseconds{0};
}

double Playout::jank(nanoseconds e2e) const {
    if (e2e <= nanoseconds{0}) return 0;
    const double share = static_cast<double>(beyond_budget_.count()) / static_cast<double>(e2e.count());
    return std::clamp(share, 0.0, 1.0);
}

double Playout::fluidity() const {
    const std::uint64_t deadlines = met_ + missed_;
    return deadlines == 0 ? 1.0 : static_cast<double>(met_) / static_cast<double>(deadlines);
}

}  // namespace streamgauge::report
