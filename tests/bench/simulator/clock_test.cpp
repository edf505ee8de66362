#include "bench/simulator/clock.h"

#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;

timespec realtime_now() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return now;
}

TEST(Clock, MonotonicNanosecondsAreThoseOfTheSystemClock) {
    timespec before{};
    ::clock_gettime(CLOCK_MONOTONIC, &before);
    const std::int64_t ours = monotonic_ns(std::chrono::steady_clock::now());
    timespec after{};
    ::clock_gettime(CLOCK_MONOTONIC, &after);
    EXPECT_GE(ours, before.tv_sec * 1'000'000'000 + before.tv_nsec);
    EXPECT_LE(ours, after.tv_sec * 1'000'000'000 + after.tv_nsec);
}

TEST(RealtimeMapping, PlacesARealtimeStampBetweenTheMonotonicReadsAroundIt) {
    RealtimeMapping mapping;
    for (int attempt = 0; attempt < 100; ++attempt) {
        const Instant before = std::chrono::steady_clock::now();
        const timespec real = realtime_now();
        const Instant after = std::chrono::steady_clock::now();
        const Instant mapped = mapping.to_monotonic(real, after);
        // The width of the narrowest sample bounds the error of the mapping.
        EXPECT_GE(mapped, before - 50us);
        EXPECT_LE(mapped, after);
    }
}

TEST(RealtimeMapping, DoesNotBelieveStampsFromTheFutureOrTheFarPast) {
    RealtimeMapping mapping;
    const Instant now = std::chrono::steady_clock::now();
    timespec future = realtime_now();
    future.tv_sec += 5;
    EXPECT_EQ(mapping.to_monotonic(future, now), now);
    timespec past = realtime_now();
    past.tv_sec -= 5;
    EXPECT_EQ(mapping.to_monotonic(past, now), now);
}

}  // namespace
}  // namespace streamgauge::simulator
