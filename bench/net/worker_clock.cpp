#include "bench/net/worker_clock.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <ctime>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;

/// Slewing moves the mapping by at most 0.05 % (50 us in the 100 ms between refreshes); more than this is a
/// step.
constexpr nanoseconds step_threshold = 1ms;

nanoseconds read_clock(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds{time.tv_sec} + nanoseconds{time.tv_nsec};
}

}  // namespace

ClockMapping::ClockMapping(std::span<const ClockSample> samples) {
    const auto narrowest = std::min_element(samples.begin(), samples.end(), [](const auto& a, const auto& b) {
        return a.monotonic_after - a.monotonic_before < b.monotonic_after - b.monotonic_before;
    });
    uncertainty_ = (narrowest->monotonic_after - narrowest->monotonic_before) / 2;
    offset_ = narrowest->realtime - (narrowest->monotonic_before + uncertainty_);
}

ClockMapping measure_clock_mapping() {
    std::array<ClockSample, 9> samples{};
    for (auto& sample : samples) {
        sample.monotonic_before = read_clock(CLOCK_MONOTONIC);
        sample.realtime = read_clock(CLOCK_REALTIME);
        sample.monotonic_after = read_clock(CLOCK_MONOTONIC);
    }
    return ClockMapping{samples};
}

ArrivalStamp choose_arrival(std::optional<Moment> kernel, Moment earliest, Moment user,
                            nanoseconds uncertainty) {
    if (!kernel || *kernel < earliest - uncertainty || *kernel > user + uncertainty) {
        return {user, report::StampSource::user};
    }
    return {std::clamp(*kernel, std::min(earliest, user), user), report::StampSource::kernel};
}

WorkerClock::WorkerClock()
    : mapping_{measure_clock_mapping()},
      step_watch_{timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC)} {
    arm_step_watch();
}

WorkerClock::~WorkerClock() {
    if (step_watch_ >= 0) close(step_watch_);
}

void WorkerClock::arm_step_watch() {
    if (step_watch_ < 0) return;
    itimerspec far_away{};
    far_away.it_value.tv_sec = std::time(nullptr) + 10L * 365 * 24 * 3600;
    timerfd_settime(step_watch_, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &far_away, nullptr);
}

bool WorkerClock::step_announced() {
    if (step_watch_ < 0) return false;
    std::uint64_t expirations = 0;
    if (read(step_watch_, &expirations, sizeof expirations) >= 0 || errno != ECANCELED) return false;
    arm_step_watch();
    return true;
}

void WorkerClock::refresh() {
    const bool announced = step_announced();
    adopt(measure_clock_mapping(), announced);
}

void WorkerClock::adopt(const ClockMapping& fresh, bool announced) {
    const bool jumped = std::chrono::abs(fresh.offset() - mapping_.offset()) > step_threshold;
    if (announced || jumped) ++steps_;
    if (jumped && !announced) ++unannounced_steps_;
    mapping_ = fresh;
}

}  // namespace streamgauge::net
