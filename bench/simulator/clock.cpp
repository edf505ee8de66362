#include "bench/simulator/clock.h"

namespace streamgauge::simulator {

namespace {

std::chrono::nanoseconds since_epoch(const timespec& time) {
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

}  // namespace

void RealtimeMapping::sample(Instant now) {
    auto narrowest = std::chrono::nanoseconds::max();
    for (int attempt = 0; attempt < 9; ++attempt) {
        const auto before = std::chrono::steady_clock::now();
        timespec real{};
        ::clock_gettime(CLOCK_REALTIME, &real);
        const auto after = std::chrono::steady_clock::now();
        if (after - before >= narrowest) continue;
        narrowest = after - before;
        offset_ = since_epoch(real) - (before.time_since_epoch() + narrowest / 2);
    }
    sampled_ = now;
    known_ = true;
}

Instant RealtimeMapping::to_monotonic(const timespec& realtime, Instant now) {
    if (!known_ || now - sampled_ > std::chrono::milliseconds{100}) sample(now);
    const Instant mapped{since_epoch(realtime) - offset_};
    return mapped > now || now - mapped > std::chrono::seconds{1} ? now : mapped;
}

}  // namespace streamgauge::simulator
