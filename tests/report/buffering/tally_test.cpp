#include "report/buffering/tally.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

BufferingVerdict of_kind(BufferingKind kind) {
    BufferingVerdict verdict;
    verdict.kind = kind;
    return verdict;
}

BufferingVerdict block(std::uint64_t bytes, nanoseconds hold = 300ms) {
    auto verdict = of_kind(BufferingKind::block);
    verdict.block_bytes = bytes;
    verdict.estimated_hold = hold;
    return verdict;
}

BufferingVerdict either(nanoseconds period, std::uint64_t tokens) {
    auto verdict = of_kind(BufferingKind::timer_or_window);
    verdict.timer_period = period;
    verdict.window_tokens = tokens;
    return verdict;
}

BufferingVerdict timer(nanoseconds period) {
    auto verdict = of_kind(BufferingKind::timer);
    verdict.timer_period = period;
    return verdict;
}

BufferingVerdict window(std::uint64_t tokens) {
    auto verdict = of_kind(BufferingKind::token_window);
    verdict.window_tokens = tokens;
    return verdict;
}

void add(BufferingTally& tally, int times, const BufferingVerdict& verdict) {
    for (int i = 0; i < times; ++i)
        tally.add(verdict);
}

bool is_near(const std::optional<nanoseconds>& value, nanoseconds expected) {
    return value && std::abs(static_cast<double>((*value - expected).count())) <=
                        0.01 * static_cast<double>(expected.count());
}

TEST(PooledVerdict, SaysNothingOfNoStreams) {
    const auto pooled = BufferingTally().pooled();
    EXPECT_EQ(pooled.kind, BufferingKind::insufficient);
    EXPECT_EQ(pooled.confidence, 0);
}

TEST(PooledVerdict, CountsEachKind) {
    BufferingTally tally;
    add(tally, 3, of_kind(BufferingKind::none));
    add(tally, 2, of_kind(BufferingKind::insufficient));
    add(tally, 1, of_kind(BufferingKind::unclear));
    EXPECT_EQ(tally.streams(), 6u);
    EXPECT_EQ(tally.decidable(), 3u);
    EXPECT_EQ(tally.count(BufferingKind::insufficient), 2u);
    EXPECT_EQ(tally.count(BufferingKind::full), 0u);
}

TEST(PooledVerdict, PassesAHealthyTarget) {
    BufferingTally tally;
    add(tally, 2881, of_kind(BufferingKind::none));
    const auto pooled = tally.pooled();
    EXPECT_EQ(pooled.kind, BufferingKind::none);
    EXPECT_EQ(pooled.confidence, 1);
    EXPECT_EQ(pooled.evidence, "2881 of 2881 streams: tokens arrive as they are made");
}

TEST(PooledVerdict, SaysHowManyCouldNotBeDecided) {
    BufferingTally tally;
    add(tally, 9, of_kind(BufferingKind::instant));
    add(tally, 4, of_kind(BufferingKind::unclear));
    const auto pooled = tally.pooled();
    EXPECT_EQ(pooled.kind, BufferingKind::instant);
    EXPECT_EQ(pooled.evidence, "9 of 9 streams: tokens arrive as they are made; 4 could not be decided");
}

TEST(PooledVerdict, IsUndecidedWhereEachStreamIs) {
    BufferingTally tally;
    add(tally, 3, of_kind(BufferingKind::insufficient));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::insufficient);
    EXPECT_EQ(tally.pooled().evidence, "3 of 3 streams could not be decided");
    add(tally, 1, of_kind(BufferingKind::unclear));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::unclear);
}

TEST(PooledVerdict, CallsATargetBufferedFromOneInFive) {
    BufferingTally tally;
    add(tally, 81, of_kind(BufferingKind::none));
    add(tally, 20, of_kind(BufferingKind::full));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::none);
    EXPECT_EQ(tally.pooled().evidence, "81 of 101 streams: tokens arrive as they are made");
    add(tally, 1, of_kind(BufferingKind::full));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::full);
    EXPECT_EQ(tally.pooled().evidence, "21 of 102 streams were held back");
}

TEST(PooledVerdict, GivesTheMedianBlockAndHold) {
    BufferingTally tally;
    add(tally, 5, block(4096, 300ms));
    add(tally, 2, block(8192, 700ms));
    add(tally, 2, block(2048, 100ms));
    const auto pooled = tally.pooled();
    EXPECT_EQ(pooled.kind, BufferingKind::block);
    EXPECT_EQ(pooled.block_bytes, 4096u);
    EXPECT_TRUE(is_near(pooled.estimated_hold, 300ms));
    EXPECT_EQ(pooled.confidence, 1);
    EXPECT_EQ(pooled.evidence, "9 of 9 streams were held back, 4096 bytes at a time");
}

TEST(PooledVerdict, GivesNoSizeWhereNoStreamNamedOne) {
    BufferingTally tally;
    add(tally, 3, of_kind(BufferingKind::block));
    EXPECT_FALSE(tally.pooled().block_bytes);
}

TEST(PooledVerdict, FollowsTheMostFrequentKind) {
    BufferingTally tally;
    add(tally, 3, block(4096));
    add(tally, 4, of_kind(BufferingKind::compression));
    add(tally, 2, timer(100ms));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::compression);
    EXPECT_FALSE(tally.pooled().block_bytes);
    add(tally, 3, timer(100ms));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::timer);
}

TEST(PooledVerdict, KnowsATimerByItsConstantGapAtDifferentSpeeds) {
    BufferingTally tally;
    for (std::uint64_t tokens = 5; tokens <= 25; ++tokens)
        tally.add(either(200ms, tokens));
    const auto pooled = tally.pooled();
    EXPECT_EQ(pooled.kind, BufferingKind::timer);
    EXPECT_TRUE(is_near(pooled.timer_period, 200ms));
    EXPECT_FALSE(pooled.window_tokens);
}

TEST(PooledVerdict, KnowsATokenWindowByItsConstantCountAtDifferentSpeeds) {
    BufferingTally tally;
    for (int i = 1; i <= 20; ++i)
        tally.add(either(i * 50ms, 20));
    const auto pooled = tally.pooled();
    EXPECT_EQ(pooled.kind, BufferingKind::token_window);
    EXPECT_EQ(pooled.window_tokens, 20u);
    EXPECT_FALSE(pooled.timer_period);
    EXPECT_EQ(pooled.evidence,
              "20 of 20 streams were held back; one timer of 500ms explains 11 of 20 streams, "
              "one window of 20 tokens 20");
}

TEST(PooledVerdict, SaysEitherWhereAllStreamsAreOfOneSpeed) {
    BufferingTally tally;
    add(tally, 20, either(400ms, 20));
    const auto pooled = tally.pooled();
    EXPECT_EQ(pooled.kind, BufferingKind::timer_or_window);
    EXPECT_EQ(pooled.window_tokens, 20u);
    EXPECT_TRUE(is_near(pooled.timer_period, 400ms));
}

TEST(PooledVerdict, LetsClearStreamsNameTheOthers) {
    BufferingTally timers, windows;
    add(timers, 5, timer(250ms));
    add(timers, 4, either(250ms, 12));
    EXPECT_EQ(timers.pooled().kind, BufferingKind::timer);
    add(windows, 5, window(20));
    add(windows, 4, either(400ms, 20));
    EXPECT_EQ(windows.pooled().kind, BufferingKind::token_window);
}

TEST(PooledVerdict, SaysEitherWhereStreamsContradictEachOther) {
    BufferingTally tally;
    add(tally, 5, timer(250ms));
    add(tally, 5, window(20));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::timer_or_window);
}

/// A stream in regular bursts, each rule of which explains it well.
BufferingVerdict in_bursts(BufferingKind kind, nanoseconds gap, std::uint64_t tokens) {
    auto verdict = of_kind(kind);
    BurstRhythm rhythm{.bursts = 8, .gap = gap, .tokens = tokens, .bytes = tokens * 262};
    rhythm.slack = gap / static_cast<std::int64_t>(tokens);
    rhythm.slack_bytes = 262;
    rhythm.timer_bits = rhythm.window_bits = rhythm.size_bits = 25;
    verdict.rhythm = rhythm;
    return verdict;
}

TEST(PooledVerdict, TakesWholeAnswersForThoseThatFitIntoOneWindow) {
    BufferingTally tally;
    add(tally, 6, of_kind(BufferingKind::full));
    tally.add(in_bursts(BufferingKind::timer_or_window, 400ms, 20));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::full);
    tally.add(in_bursts(BufferingKind::timer_or_window, 900ms, 20));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::token_window);
    EXPECT_EQ(tally.pooled().window_tokens, 20u);
    add(tally, 10, of_kind(BufferingKind::full));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::full);
}

TEST(PooledVerdict, TakesWholeAnswersForThoseThatFitIntoOneBlock) {
    BufferingTally tally;
    add(tally, 6, of_kind(BufferingKind::full));
    add(tally, 2, block(16384));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::block);
    EXPECT_EQ(tally.pooled().block_bytes, 16384u);
}

TEST(PooledVerdict, KnowsATimerThatABufferCutsShort) {
    BufferingTally tally;
    add(tally, 6, block(4096));
    for (const std::uint64_t tokens : {5, 9})
        tally.add(in_bursts(BufferingKind::timer, 100ms, tokens));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::timer);
    EXPECT_EQ(tally.pooled().timer_period, 100ms);
    EXPECT_EQ(tally.pooled().block_bytes, 4096u);
}

TEST(PooledVerdict, CountsBurstsTooShortToJudgeAloneWhereOneTimerExplainsThem) {
    BufferingTally tally;
    add(tally, 4, of_kind(BufferingKind::none));
    for (const std::uint64_t tokens : {5, 6, 7, 9})
        tally.add(in_bursts(BufferingKind::unclear, 100ms, tokens));
    const auto pooled = tally.pooled();
    EXPECT_EQ(pooled.kind, BufferingKind::timer);
    EXPECT_EQ(pooled.timer_period, 100ms);
    EXPECT_EQ(pooled.severity, BufferingSeverity::noticeable);
    EXPECT_EQ(pooled.evidence,
              "4 of 8 streams were held back; one timer of 100ms explains 4 of 4 streams, one window of 9 "
              "tokens 1; a server that makes its tokens in such steps would look the same");
}

TEST(PooledVerdict, TakesShortStepsOfOneSpeedForTheServers) {
    BufferingTally tally;
    add(tally, 4, in_bursts(BufferingKind::unclear, 100ms, 5));
    EXPECT_EQ(tally.pooled().kind, BufferingKind::unclear);
    BufferingTally short_steps;
    for (const std::uint64_t tokens : {4, 5, 6, 8})
        short_steps.add(in_bursts(BufferingKind::unclear, 50ms, tokens));
    EXPECT_EQ(short_steps.pooled().kind, BufferingKind::unclear);
}

TEST(PooledVerdict, MergesInAnyOrder) {
    BufferingTally a, b, c;
    add(a, 3, block(4096, 200ms));
    add(b, 5, block(16384, 900ms));
    add(b, 2, of_kind(BufferingKind::none));
    add(c, 4, either(200ms, 9));
    auto left = a;
    left.merge(b);
    left.merge(c);
    auto bc = c;
    bc.merge(b);
    auto right = bc;
    right.merge(a);
    EXPECT_EQ(left.streams(), 14u);
    EXPECT_EQ(left.pooled().kind, BufferingKind::block);
    EXPECT_EQ(left.pooled().block_bytes, 16384u);
    EXPECT_EQ(left.pooled().block_bytes, right.pooled().block_bytes);
    EXPECT_EQ(left.pooled().estimated_hold, right.pooled().estimated_hold);
    EXPECT_EQ(left.pooled().evidence, right.pooled().evidence);
}

TEST(PooledVerdict, MergesPeriodsAndWindows) {
    BufferingTally timers, more_timers, windows, more_windows;
    add(timers, 3, timer(100ms));
    add(more_timers, 9, timer(250ms));
    timers.merge(more_timers);
    EXPECT_TRUE(is_near(timers.pooled().timer_period, 250ms));
    add(windows, 3, window(5));
    add(more_windows, 9, window(20));
    windows.merge(more_windows);
    EXPECT_EQ(windows.pooled().window_tokens, 20u);
}

TEST(PooledVerdict, TakesSizesNoServerShouldSend) {
    BufferingTally tally;
    tally.add(block(0));
    tally.add(block(~std::uint64_t{0} >> 1));
    tally.add(block(1000003));
    const auto size = tally.pooled().block_bytes;
    ASSERT_TRUE(size);
    EXPECT_NEAR(static_cast<double>(*size), 1000003, 0.016 * 1000003);
}

}  // namespace
}  // namespace streamgauge::report
