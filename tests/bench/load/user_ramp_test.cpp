#include "bench/load/user_ramp.h"

#include <gtest/gtest.h>

namespace streamgauge::load {
namespace {

using namespace std::chrono_literals;
using scenarios::ClosedLoop;

TEST(UserRamp, ConstantUsersWorkAllThePhase) {
    const ClosedLoop shape{{0, 20, 0s}, 0s};
    EXPECT_EQ(user_count(shape, 10s), 20u);
    EXPECT_EQ(user_starts_at(shape, 10s, 19), 0s);
    EXPECT_EQ(user_stops_at(shape, 10s, 19), 10s);
    EXPECT_EQ(user_starts_at(shape, 10s, 20), 10s);
}

TEST(UserRamp, RisingRampStartsOneUserAfterTheOther) {
    const ClosedLoop shape{{0, 10, 10s}, 0s};
    EXPECT_EQ(user_count(shape, 60s), 10u);
    for (std::uint64_t user = 0; user < 10; ++user) {
        EXPECT_EQ(user_starts_at(shape, 60s, user), std::chrono::seconds(user));
        EXPECT_EQ(user_stops_at(shape, 60s, user), 60s);
    }
}

TEST(UserRamp, UsersPresentAtTheStartDoNotWait) {
    const ClosedLoop shape{{5, 10, 10s}, 0s};
    EXPECT_EQ(user_starts_at(shape, 60s, 4), 0s);
    EXPECT_EQ(user_starts_at(shape, 60s, 5), 0s);
    EXPECT_EQ(user_starts_at(shape, 60s, 6), 2s);
}

TEST(UserRamp, FallingRampStopsTheLastUserFirst) {
    const ClosedLoop shape{{10, 4, 6s}, 0s};
    EXPECT_EQ(user_count(shape, 60s), 10u);
    EXPECT_EQ(user_starts_at(shape, 60s, 9), 0s);
    EXPECT_EQ(user_stops_at(shape, 60s, 9), 1s);
    EXPECT_EQ(user_stops_at(shape, 60s, 4), 6s);
    EXPECT_EQ(user_stops_at(shape, 60s, 3), 60s);
}

TEST(UserRamp, RampLongerThanThePhaseIsCut) {
    const ClosedLoop rising{{0, 10, 10s}, 0s};
    EXPECT_EQ(user_count(rising, 5s), 5u);
    const ClosedLoop falling{{10, 0, 10s}, 0s};
    EXPECT_EQ(user_stops_at(falling, 5s, 0), 5s);
    EXPECT_EQ(user_stops_at(falling, 5s, 9), 1s);
}

TEST(UserRamp, NoUsersIsNone) {
    EXPECT_EQ(user_count({{0, 0, 0s}, 0s}, 10s), 0u);
    EXPECT_EQ(user_count({{0, 0, 5s}, 0s}, 10s), 0u);
}

}  // namespace
}  // namespace streamgauge::load
