#include "bench/net/worker_clock.h"

#include <gtest/gtest.h>

#include <array>
#include <ctime>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;
using report::StampSource;

Moment at(nanoseconds when) {
    return Moment{1000s + when};
}

TEST(ClockMapping, UsesTheNarrowestSample) {
    const std::array samples{ClockSample{0us, 5000us, 100us}, ClockSample{200us, 5201us, 202us},
                             ClockSample{300us, 5400us, 340us}};
    const ClockMapping mapping{samples};
    EXPECT_EQ(mapping.offset(), 5000us);
    EXPECT_EQ(mapping.uncertainty(), 1us);
    EXPECT_EQ(mapping.to_moment(5201us), Moment{201us});
}

TEST(ClockMapping, MapsThisMachinesRealTimeIntoTheMomentItWasRead) {
    const auto mapping = measure_clock_mapping();
    const Moment before = WorkerClock::now();
    timespec time{};
    clock_gettime(CLOCK_REALTIME, &time);
    const Moment after = WorkerClock::now();
    const Moment mapped = mapping.to_moment(std::chrono::seconds{time.tv_sec} + nanoseconds{time.tv_nsec});
    // Slewing between the two looks moves the clocks apart by microseconds at most.
    EXPECT_GE(mapped, before - 100us);
    EXPECT_LE(mapped, after + 100us);
}

struct ArrivalCase {
    const char* name;
    std::optional<Moment> kernel;
    Moment arrival;
    StampSource source;
};

class ChooseArrival : public testing::TestWithParam<ArrivalCase> {};

TEST_P(ChooseArrival, KeepsTheKernelStampOnlyWhereItCanBeTrue) {
    const auto chosen = choose_arrival(GetParam().kernel, at(10ms), at(20ms), 1us);
    EXPECT_EQ(chosen.arrival, GetParam().arrival);
    EXPECT_EQ(chosen.source, GetParam().source);
}

INSTANTIATE_TEST_SUITE_P(
    Stamps, ChooseArrival,
    testing::Values(
        ArrivalCase{"between", at(15ms), at(15ms), StampSource::kernel},
        ArrivalCase{"missing", std::nullopt, at(20ms), StampSource::user},
        ArrivalCase{"before_the_previous_read", at(9ms), at(20ms), StampSource::user},
        ArrivalCase{"after_the_user_stamp", at(21ms), at(20ms), StampSource::user},
        ArrivalCase{"late_by_the_mappings_error", at(20ms) + 500ns, at(20ms), StampSource::kernel},
        ArrivalCase{"early_by_the_mappings_error", at(10ms) - 500ns, at(10ms), StampSource::kernel}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(WorkerClock, SeesNoStepWhereThereIsNone) {
    WorkerClock clock;
    for (int i = 0; i < 100; ++i)
        clock.refresh();
    EXPECT_EQ(clock.steps(), 0U);
    EXPECT_EQ(clock.unannounced_steps(), 0U);
}

/// The mapping of a wall clock that is ahead of the run's clock by `offset`.
ClockMapping ahead_by(nanoseconds offset) {
    const std::array samples{ClockSample{0ns, offset + 50ns, 100ns}};
    return ClockMapping{samples};
}

TEST(WorkerClock, MapsAStepOutThatTheKernelAnnounces) {
    WorkerClock clock;
    clock.adopt(ahead_by(10s), true);
    const auto steps = clock.steps();
    clock.adopt(ahead_by(10s + 5ms), true);
    EXPECT_EQ(clock.steps(), steps + 1);
    EXPECT_EQ(clock.mapping().to_moment(10s + 5ms), Moment{});
}

TEST(WorkerClock, CountsAJumpThatNobodyAnnounced) {
    WorkerClock clock;
    clock.adopt(ahead_by(10s), true);
    const auto unannounced = clock.unannounced_steps();
    clock.adopt(ahead_by(9s), false);
    EXPECT_EQ(clock.unannounced_steps(), unannounced + 1);
    clock.adopt(ahead_by(9s + 50us), false);
    EXPECT_EQ(clock.unannounced_steps(), unannounced + 1) << "a clock that is slewed does so";
}

}  // namespace
}  // namespace streamgauge::net
