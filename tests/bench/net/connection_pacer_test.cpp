#include "bench/net/connection_pacer.h"

#include <gtest/gtest.h>

#include <limits>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;
using Moment = report::Moment;

constexpr Moment start{1'000s};

TEST(ConnectionPacer, UnpacedEveryoneMayBeginAtOnce) {
    ConnectionPacer pacer{std::numeric_limits<double>::infinity()};
    for (int i = 0; i < 1'000; ++i)
        EXPECT_LE(pacer.take_turn(start), start);
}

TEST(ConnectionPacer, AfterABurstTurnsComeEvenly) {
    ConnectionPacer pacer{1'000};
    for (int i = 0; i < 5; ++i)
        EXPECT_LE(pacer.take_turn(start), start) << i;
    for (int i = 1; i <= 100; ++i)
        EXPECT_EQ(pacer.take_turn(start), start + std::chrono::milliseconds{i});
}

TEST(ConnectionPacer, ASlowPaceHasNoBurst) {
    ConnectionPacer pacer{2};
    EXPECT_LE(pacer.take_turn(start), start);
    EXPECT_EQ(pacer.take_turn(start), start + 500ms);
    EXPECT_EQ(pacer.take_turn(start), start + 1s);
}

TEST(ConnectionPacer, APauseBringsTheBurstBackAndNoMore) {
    ConnectionPacer pacer{1'000};
    for (int i = 0; i < 20; ++i)
        pacer.take_turn(start);
    const Moment later = start + 10s;
    for (int i = 0; i < 5; ++i)
        EXPECT_LE(pacer.take_turn(later), later) << i;
    EXPECT_EQ(pacer.take_turn(later), later + 1ms);
}

TEST(ConnectionPacer, AtItsOwnPaceNobodyWaits) {
    ConnectionPacer pacer{1'000};
    for (int i = 0; i < 1'000; ++i) {
        const Moment now = start + std::chrono::milliseconds{i};
        EXPECT_LE(pacer.take_turn(now), now);
    }
}

TEST(ConnectionPacer, FractionsOfANanosecondAddUp) {
    ConnectionPacer pacer{30'000};
    Moment last;
    for (int i = 0; i < 300'000; ++i)
        last = pacer.take_turn(start);
    EXPECT_GE(last, start + 10s - ConnectionPacer::burst_time - 1ms);
    EXPECT_LE(last, start + 10s);
}

TEST(ConnectionPacer, TurnsFallOnWholeMilliseconds) {
    ConnectionPacer pacer{3'000};
    for (int i = 0; i < 1'000; ++i) {
        const Moment turn = pacer.take_turn(start + 300us);
        EXPECT_TRUE(turn <= start + 300us || turn.time_since_epoch() % 1ms == 0ns);
    }
}

}  // namespace
}  // namespace streamgauge::net
