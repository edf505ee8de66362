#include "report/buffering/hop_verdict.h"

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr nanoseconds least_hold = 50ms;
constexpr nanoseconds least_lag = 20ms;

bool jumps(const PairedHold& hop, const PairedHold& before) {
    return hop.hold_p95.value - before.hold_p95.value >= least_hold &&
           hop.hold_p95.low > before.hold_p95.high;
}

}  // namespace

bool shows_hold(const PairedHold& path) {
    return path.hold_p95.value >= least_hold && path.hold_p95.low >= least_hold;
}

bool shows_lag(const PairedHold& path) {
    return path.lag.value >= least_lag && path.lag.low > 0ns;
}

HopVerdict judge_hops(std::span<const PairedHold> outward) {
    HopVerdict verdict;
    const PairedHold origin{};
    nanoseconds most_lag = least_lag;
    for (std::size_t i = 0; i < outward.size(); ++i) {
        const auto& before = i == 0 ? origin : outward[i - 1];
        if (!verdict.holds && shows_hold(outward[i]) && jumps(outward[i], before)) verdict.holds = i;
        const auto added = outward[i].lag.value - before.lag.value;
        if (added < most_lag) continue;
        most_lag = added;
        verdict.slows = i;
    }
    return verdict;
}

}  // namespace streamgauge::report
