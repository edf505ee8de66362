#include "bench/live/sparkline.h"

#include <gtest/gtest.h>

namespace streamgauge::live {
namespace {

TEST(Sparkline, DrawsASteadySeriesHalfAsHighAsTheLine) {
    EXPECT_EQ(sparkline({5.0, 5.0, 5.0}, 3, true), "▄▄▄");
    EXPECT_EQ(sparkline({5.0, 5.0, 5.0}, 3, false), "===");
}

TEST(Sparkline, ShowsARiseAndAFall) {
    EXPECT_EQ(sparkline({10.0, 10.0, 10.0, 40.0, 5.0}, 5, true), "▂▂▂█▁");
}

TEST(Sparkline, TellsZeroFromNothing) {
    EXPECT_EQ(sparkline({0.0, std::nullopt, 4.0}, 3, true), "· ▄");
    EXPECT_EQ(sparkline({0.0, 0.0}, 2, true), "··");
}

TEST(Sparkline, ShowsTheLatestAtTheRightEnd) {
    EXPECT_EQ(sparkline({1.0, 1.0, 100.0}, 2, true), "▁▄");
    EXPECT_EQ(sparkline({1.0}, 3, true), "  ▄");
    EXPECT_EQ(sparkline({}, 3, true), "   ");
    EXPECT_EQ(sparkline({1.0}, 0, true), "");
}

}  // namespace
}  // namespace streamgauge::live
