#include "bench/load/user_ramp.h"

#include <algorithm>
#include <cmath>

namespace streamgauge::load {

namespace {

using std::chrono::nanoseconds;

/// When a ramp that moves crosses `level`, which lies between its ends.
nanoseconds crosses_at(const scenarios::Ramp& ramp, double level) {
    const double part = (level - ramp.from) / (ramp.to - ramp.from);
    return nanoseconds(std::llround(part * static_cast<double>(ramp.over.count())));
}

bool rises(const scenarios::Ramp& ramp) {
    return ramp.over > nanoseconds::zero() && ramp.to > ramp.from;
}
bool falls(const scenarios::Ramp& ramp) {
    return ramp.over > nanoseconds::zero() && ramp.to < ramp.from;
}

}  // namespace

std::uint64_t user_count(const scenarios::ClosedLoop& shape, nanoseconds duration) {
    const auto& ramp = shape.users;
    const double most = ramp.over > nanoseconds::zero() ? std::max(ramp.from, ramp.to) : ramp.to;
    auto count = static_cast<std::uint64_t>(std::ceil(std::max(0.0, most)));
    while (count > 0 && user_starts_at(shape, duration, count - 1) >= duration)
        --count;
    return count;
}

nanoseconds user_starts_at(const scenarios::ClosedLoop& shape, nanoseconds duration, std::uint64_t index) {
    const auto& ramp = shape.users;
    const auto level = static_cast<double>(index);
    const double at_start = ramp.over > nanoseconds::zero() ? ramp.from : ramp.to;
    if (level < at_start) return nanoseconds::zero();
    if (!rises(ramp) || level >= ramp.to) return duration;
    return std::min(duration, crosses_at(ramp, level));
}

nanoseconds user_stops_at(const scenarios::ClosedLoop& shape, nanoseconds duration, std::uint64_t index) {
    const auto& ramp = shape.users;
    const auto level = static_cast<double>(index);
    if (!falls(ramp) || level < ramp.to || level >= ramp.from) return duration;
    return std::min(duration, crosses_at(ramp, level));
}

}  // namespace streamgauge::load
