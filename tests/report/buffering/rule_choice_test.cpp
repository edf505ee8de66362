#include "report/buffering/rule_choice.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

struct Case {
    RuleBits bits;
    std::uint64_t bursts;
    BufferingKind kind;
};

TEST(RuleChoice, TakesTheBestRuleWhereTheOthersCanBeDismissed) {
    using enum BufferingKind;
    for (const auto& c :
         {Case{{40, 20, 10}, 8, timer}, Case{{20, 40, 10}, 8, token_window}, Case{{10, 20, 40}, 8, block},
          Case{{40, 34, 10}, 8, timer_or_window}, Case{{40, 10, 39}, 8, timer_or_window},
          Case{{10, 40, 34}, 8, block_or_window}, Case{{40, 40, 40}, 8, timer_or_window},
          Case{{-5, 2, -9}, 8, unclear}, Case{{0, 0, -10}, 1, timer_or_window},
          Case{{3, 5, -10}, 2, timer_or_window}, Case{{0, 0, -10}, 0, timer_or_window}}) {
        EXPECT_EQ(choose_rule(c.bits, c.bursts).kind, c.kind)
            << c.bits.timer << ' ' << c.bits.window << ' ' << c.bits.size;
    }
}

TEST(RuleChoice, IsSurerTheWiderTheMargin) {
    EXPECT_LT(choose_rule({30, 20, 0}, 8).confidence, choose_rule({60, 20, 0}, 8).confidence);
    EXPECT_LT(choose_rule({1000, 0, 0}, 8).confidence, 1);
    EXPECT_NEAR(confidence_of(6), 0.75, 1e-9);
}

TEST(BufferSizes, ArePowersOfTwoAndSegments) {
    EXPECT_TRUE(may_be_buffer(1600, 266));
    EXPECT_TRUE(may_be_buffer(4200, 260));
    EXPECT_TRUE(may_be_buffer(4096, 1));
    EXPECT_FALSE(may_be_buffer(1305, 260));
    EXPECT_FALSE(may_be_buffer(5200, 260));
    EXPECT_FALSE(may_be_buffer(0, 0));
    EXPECT_FALSE(may_be_buffer(100, ~std::uint64_t{0}));
}

TEST(BitsOfARhythm, DoubtAnUnusualSize) {
    BurstRhythm rhythm;
    rhythm.bytes = 1305;
    rhythm.slack_bytes = 260;
    rhythm.timer_bits = 1;
    rhythm.window_bits = 2;
    rhythm.size_bits = 30;
    EXPECT_EQ(rule_bits_of(rhythm).size, 20);
    rhythm.bytes = 1600;
    EXPECT_EQ(rule_bits_of(rhythm).size, 30);
    EXPECT_EQ(rule_bits_of(rhythm).timer, 1);
    EXPECT_EQ(rule_bits_of(rhythm).window, 2);
}

}  // namespace
}  // namespace streamgauge::report
