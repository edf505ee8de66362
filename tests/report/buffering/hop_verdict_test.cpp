#include "report/buffering/hop_verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

PairedHold hop(nanoseconds lag, nanoseconds hold, nanoseconds width = 10ms) {
    const auto figure = [&](nanoseconds value) {
        return PairedFigure{value, std::max(0ns, nanoseconds(value - width)), value + width};
    };
    return {10, figure(lag), figure(hold / 2), figure(hold)};
}

TEST(HoldOfAPath, ShowsFromFiftyMilliseconds) {
    EXPECT_FALSE(shows_hold(hop(80ms, 0ms)));
    EXPECT_FALSE(shows_hold(hop(0ms, 49ms)));
    EXPECT_FALSE(shows_hold(hop(0ms, 90ms, 60ms))) << "the interval reaches below the limit";
    EXPECT_TRUE(shows_hold(hop(0ms, 90ms)));
}

TEST(HopVerdictTest, BlamesNobodyWithoutAJump) {
    EXPECT_FALSE(judge_hops({}).holds);
    const std::array hops{hop(1ms, 5ms), hop(2ms, 10ms), hop(3ms, 20ms)};
    EXPECT_FALSE(judge_hops(hops).holds);
    EXPECT_FALSE(judge_hops(hops).slows);
}

TEST(HopVerdictTest, BlamesTheFirstHopWhereHoldJumps) {
    const std::array hops{hop(1ms, 5ms), hop(2ms, 310ms), hop(3ms, 315ms)};
    EXPECT_EQ(judge_hops(hops).holds, 1u);
}

TEST(HopVerdictTest, BlamesTheInnermostOfTwo) {
    const std::array hops{hop(1ms, 200ms), hop(2ms, 900ms)};
    EXPECT_EQ(judge_hops(hops).holds, 0u);
}

TEST(HopVerdictTest, DoesNotBlameAHopThatIsOnlySlow) {
    const std::array hops{hop(1ms, 5ms), hop(81ms, 5ms), hop(82ms, 400ms)};
    EXPECT_EQ(judge_hops(hops).holds, 2u);
    EXPECT_EQ(judge_hops(hops).slows, 1u);
}

TEST(HopVerdictTest, WaitsForIntervalsThatLieApart) {
    const std::array hops{hop(1ms, 40ms, 30ms), hop(2ms, 100ms, 45ms)};
    EXPECT_FALSE(judge_hops(hops).holds);
}

}  // namespace
}  // namespace streamgauge::report
