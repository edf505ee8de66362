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
    for (std::uint64_t tokens : {7, 9, 11, 16, 25})
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
    for (const auto& [gap, tokens] : {std::pair{210ms, 5}, {220ms, 4}, {250ms, 3}}) {
        rhythms.push_back(
            rhythm(gap, static_cast<std::uint64_t>(tokens), static_cast<std::uint64_t>(tokens) * 266));
    }
    const auto rule = find_shared_rule(rhythms);
    EXPECT_EQ(rule.choice.kind, BufferingKind::timer);
    EXPECT_TRUE(rule.cut_short_by_size);
    EXPECT_EQ(rule.size.parameter, 1600u);
    EXPECT_EQ(rule.timer.parameter, 210ms);
}

/// A stream of two bursts, of which the first holds `tokens`.
BurstRhythm two_bursts(std::uint64_t tokens, nanoseconds pace) {
    BurstRhythm made;
    made.first_tokens = tokens;
    made.slack = pace;
    made.slack_bytes = 260;
    return made;
}

TEST(SharedRuleTest, KnowsAWindowByFirstBurstsAlone) {
    std::vector<BurstRhythm> rhythms;
    for (const auto pace : {3ms, 15ms, 20ms, 100ms})
        rhythms.push_back(two_bursts(50, pace));
    const auto rule = find_shared_rule(rhythms);
    EXPECT_EQ(rule.choice.kind, BufferingKind::token_window);
    EXPECT_EQ(rule.window.parameter, 50u);
    EXPECT_EQ(rule.streams, 4u);
}

TEST(SharedRuleTest, LeavesFirstBurstsOfOneSpeedOpen) {
    const std::vector<BurstRhythm> rhythms(6, two_bursts(50, 20ms));
    EXPECT_EQ(find_shared_rule(rhythms).choice.kind, BufferingKind::timer_or_window);
}

TEST(SharedRuleTest, LetsFirstBurstsBeOdd) {
    std::vector<BurstRhythm> rhythms;
    for (const auto gap : {80ms, 100ms, 250ms, 500ms, 1500ms}) {
        rhythms.push_back(rhythm(gap, 5, 1305));
        rhythms.back().first_tokens = 1;
    }
    EXPECT_EQ(find_shared_rule(rhythms).choice.kind, BufferingKind::token_window);
}

TEST(SharedRuleTest, LetsATimerWaitForTokensMadeInLumps) {
    std::vector<BurstRhythm> rhythms;
    for (std::uint64_t tokens : {5, 8, 12, 25})
        rhythms.push_back(rhythm(100ms, tokens, tokens * 260));
    rhythms.push_back(rhythm(160ms, 8, 2080));
    const auto rule = find_shared_rule(rhythms);
    EXPECT_EQ(rule.choice.kind, BufferingKind::timer);
    EXPECT_EQ(rule.timer.parameter, 100ms);
    EXPECT_EQ(rule.timer.explained, 5u);
    EXPECT_FALSE(rule.cut_short_by_size);
    EXPECT_NEAR(rule.pace_ratio, 5, 0.01);
}

TEST(SharedRuleTest, LetsLumpsFillSeveralWindows) {
    std::vector<BurstRhythm> rhythms;
    for (const auto gap : {80ms, 100ms, 250ms})
        rhythms.push_back(rhythm(gap, 20, 5240));
    rhythms.push_back(rhythm(750ms, 60, 15720));
    const auto rule = find_shared_rule(rhythms);
    EXPECT_EQ(rule.choice.kind, BufferingKind::token_window);
    EXPECT_EQ(rule.window.parameter, 20u);
    EXPECT_EQ(rule.window.explained, 4u);
}

TEST(SharedRuleTest, DoesNotTellAWindowFromABufferWhereEventsAreOfOneSize) {
    std::vector<BurstRhythm> rhythms;
    for (const auto gap : {80ms, 100ms, 250ms, 500ms})
        rhythms.push_back(rhythm(gap, 8, 2080));
    EXPECT_EQ(find_shared_rule(rhythms).choice.kind, BufferingKind::block_or_window);
    rhythms.push_back(rhythm(300ms, 8, 4160));
    EXPECT_EQ(find_shared_rule(rhythms).choice.kind, BufferingKind::token_window);
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
