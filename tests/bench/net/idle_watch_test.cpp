#include "bench/net/idle_watch.h"

#include <gtest/gtest.h>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;
using report::Moment;

Moment at(std::chrono::nanoseconds when) {
    return Moment{1000s + when};
}

TEST(IdleWatch, ALoopThatSleptFindsBytesThatCameWhenItWoke) {
    IdleWatch idle;
    idle.waiting(at(0ms));
    idle.woke(at(50ms));
    EXPECT_EQ(idle.floor(), at(50ms));
}

TEST(IdleWatch, ALoopThatFoundWorkAtOnceHasNotBeenIdle) {
    IdleWatch idle;
    idle.waiting(at(0ms));
    idle.woke(at(50ms));
    idle.looked(at(50ms) + 1us);
    idle.drained();
    idle.waiting(at(240ms));
    idle.woke(at(240ms) + 5us);
    EXPECT_EQ(idle.floor(), at(50ms) + 1us) << "bytes may have lain there for 190 ms";
}

TEST(IdleWatch, ALookThatReportedEverythingSetsTheFloorOnlyOnceItIsRead) {
    IdleWatch idle;
    idle.looked(at(10ms));
    idle.drained();
    idle.looked(at(20ms));
    EXPECT_EQ(idle.floor(), at(10ms));
    idle.drained();
    EXPECT_EQ(idle.floor(), at(20ms));
}

TEST(IdleWatch, ALoopThatOnlyPollsHasNotBeenIdle) {
    IdleWatch idle;
    idle.waiting(at(0ms));
    idle.woke(at(50ms));
    idle.polling();
    idle.woke(at(240ms));
    EXPECT_EQ(idle.floor(), at(50ms)) << "bytes may have lain there for 190 ms";
}

TEST(IdleWatch, OnlyTheFirstHandlerAfterAWaitSawIt) {
    IdleWatch idle;
    idle.waiting(at(0ms));
    idle.woke(at(50ms));
    idle.woke(at(50ms) + 10us);
    EXPECT_EQ(idle.floor(), at(50ms));
}

TEST(IdleWatch, KnowsWhetherItsFloorIsAWakeUp) {
    IdleWatch idle;
    idle.waiting(at(0ms));
    idle.woke(at(50ms));
    EXPECT_TRUE(idle.floor_is_wake());
    idle.looked(at(50ms) + 1us);
    idle.drained();
    EXPECT_FALSE(idle.floor_is_wake()) << "a look at all sockets needs no wake-up to be true";
}

}  // namespace
}  // namespace streamgauge::net
