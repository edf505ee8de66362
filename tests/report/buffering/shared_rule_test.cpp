#include "report/buffering/shared_rule.h"

#include <gtest/gtest.h>

#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

/// A stream of 8 bursts that a timer, a window and a size explain equally well.
BurstRhythm rhythm(nanoseconds gap, std::uint64_t tokens, std::uint64_t bytes) {
    BurstRhythm made;
    made.bursts = 8;
    made.gap = gap;
    made.tokens = tokens;
    made.bytes = bytes;
    made.slack = gap / static_cast<std::int64_t>(tokens);
    made.slack_bytes = bytes / tokens;
    made.timer_bits = made.window_bits = made.size_bits = 25;
    return made;
}

TEST(SharedRuleTest, NeedsBursts) {
    EXPECT_EQ(find_shared_rule({}).streams, 0u);
    EXPECT_EQ(find_shared_rule(std::vector<BurstRhythm>(3)).streams, 0u);
}

TEST(SharedRuleTest, IsTheTimerWhereOnlyTheGapStays) {
    std::vector<BurstRhythm> rhythms;
    for (std::uint64_t tokens : {5, 8, 12, 20, 25})
        rhythms.push_back(rhythm(250ms, tokens, tokens * 260));
    const auto rule = find_shared_rule(rhythms);
    EXPECT_EQ(rule.choice.kind, BufferingKind::timer);
    EXPECT_EQ(rule.timer.parameter, 250ms);
    EXPECT_EQ(rule.timer.explained, 5u);
    EXPECT_EQ(rule.window.explained, 1u);
    EXPECT_FALSE(rule.cut_short_by_size);
}

TEST(SharedRuleTest, IsTheWindowWhereOnlyTheCountStays) {
    std::vector<BurstRhythm> rhythms;
    for (const auto gap : {80ms, 100ms, 250ms, 500ms, 1500ms})
        rhythms.push_back(rhythm(gap, 5, 1305));
    const auto rule = find_shared_rule(rhythms);
    EXPECT_EQ(rule.choice.kind, BufferingKind::token_window);
    EXPECT_EQ(rule.window.parameter, 5u);
    EXPECT_EQ(rule.window.explained, 5u);
}

TEST(SharedRuleTest, IsTheSizeWhereOnlyTheBytesStay) {
    std::vector<BurstRhythm> rhythms;
    for (const auto& [gap, tokens] :
         {std::pair{80ms, 5}, {300ms, 10}, {150ms, 20}, {500ms, 40}, {1500ms, 80}})
        rhythms.push_back(rhythm(gap, static_cast<std::uint64_t>(tokens), 4120));
    const auto rule = find_shared_rule(rhythms);
    EXPECT_EQ(rule.choice.kind, BufferingKind::block);
    EXPECT_EQ(rule.size.parameter, 4120u);
}

TEST(SharedRuleTest, LeavesOpenWhatNothingSetsApart) {
    const std::vector<BurstRhythm> rhythms(6, rhythm(400ms, 20, 5200));
    EXPECT_EQ(find_shared_rule(rhythms).choice.kind, BufferingKind::timer_or_window);
}

TEST(SharedRuleTest, FindsATimerThatASizeCutsShort) {
    std::vector<BurstRhythm> rhythms;
    for (const auto gap : {90ms, 100ms, 120ms, 140ms, 160ms, 180ms})
        rhythms.push_back(rhythm(gap, 6, 1600));
    for (const auto& [gap, tokens] : {std::pair{210ms, 5}, {220ms, 4}, {250ms, 3}})
        rhythms.push_back(
            rhythm(gap, static_cast<std::uint64_t>(tokens), static_cast<std::uint64_t>(tokens) * 266));
    const auto rule = find_shared_rule(rhythms);
    EXPECT_EQ(rule.choice.kind, BufferingKind::timer);
    EXPECT_TRUE(rule.cut_short_by_size);
    EXPECT_EQ(rule.size.parameter, 1600u);
    EXPECT_EQ(rule.timer.parameter, 210ms);
}

TEST(SharedRuleTest, DoesNotLetOneLongStreamOutvoteTheOthers) {
    auto loud = rhythm(700ms, 35, 9100);
    loud.bursts = 1000;
    loud.timer_bits = 5000;
    loud.window_bits = loud.size_bits = -4000;
    std::vector<BurstRhythm> rhythms{loud};
    for (const auto gap : {80ms, 100ms, 250ms, 500ms, 1500ms})
        rhythms.push_back(rhythm(gap, 5, 1305));
    EXPECT_EQ(find_shared_rule(rhythms).choice.kind, BufferingKind::token_window);
}

TEST(SharedRuleTest, TakesRhythmsNoStreamCouldHave) {
    BurstRhythm odd;
    odd.bursts = ~std::uint64_t{0};
    odd.tokens = odd.bytes = odd.slack_bytes = ~std::uint64_t{0};
    odd.gap = nanoseconds::max();
    odd.slack = nanoseconds::min();
    EXPECT_EQ(find_shared_rule(std::vector{odd, odd}).streams, 2u);
}

}  // namespace
}  // namespace streamgauge::report
