#include "bench/load/arrival_process.h"

#include <algorithm>
#include <cmath>

namespace streamgauge::load {

namespace {

using std::chrono::nanoseconds;

double seconds(nanoseconds value) {
    return std::chrono::duration<double>(value).count();
}

/// The time in seconds at which the integral of `rate` reaches `arrivals`; infinite if it never does.
double time_of(const scenarios::Ramp& rate, double arrivals) {
    const double over = seconds(rate.over);
    const double in_ramp = (rate.from + rate.to) / 2 * over;
    if (arrivals >= in_ramp) return over + (arrivals - in_ramp) / rate.to;
    // from * t + slope * t^2 / 2 = arrivals, solved in the form that does not cancel for small slopes.
    const double slope = (rate.to - rate.from) / over;
    const double root = std::sqrt(std::max(0.0, rate.from * rate.from + 2 * slope * arrivals));
    return arrivals == 0 ? 0 : 2 * arrivals / (rate.from + root);
}

}  // namespace

ArrivalProcess::ArrivalProcess(const scenarios::OpenLoop& shape, nanoseconds duration, std::uint64_t seed)
    : rate_(shape.rate), arrivals_(shape.arrivals), duration_(duration), random_(seed) {}

std::optional<nanoseconds> ArrivalProcess::next() {
    double reached = static_cast<double>(count_);
    if (arrivals_ == scenarios::Arrivals::poisson) {
        cumulated_gaps_ += random_.exponential();
        reached = cumulated_gaps_;
    }
    // The negation also ends a phase whose rate is 0, where the time is not a number.
    const double due = time_of(rate_, reached);
    if (!(due < seconds(duration_))) return std::nullopt;
    const nanoseconds rounded(std::llround(due * 1e9));
    if (rounded >= duration_) return std::nullopt;
    ++count_;
    return rounded;
}

double expected_arrivals(const scenarios::Ramp& rate, nanoseconds elapsed) {
    const double time = std::max(0.0, seconds(elapsed));
    const double over = seconds(rate.over);
    const double ramped = std::min(time, over);
    const double slope = over > 0 ? (rate.to - rate.from) / over : 0;
    return rate.from * ramped + slope * ramped * ramped / 2 + rate.to * (time - ramped);
}

}  // namespace streamgauge::load
