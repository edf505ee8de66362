#include "report/buffering/ending_tally.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::HasSubstr;

StreamEnding cut(nanoseconds age, nanoseconds silence, std::uint64_t tokens) {
    return {.cut = true, .age = age, .silence = silence, .longest_silence = 400ms, .tokens = tokens};
}

StreamEnding finished(nanoseconds age, nanoseconds longest_silence = 400ms) {
    return {.cut = false, .age = age, .silence = 0ns, .longest_silence = longest_silence, .tokens = 100};
}

/// 20 streams cut by a total timeout of 60 s, each in a different place of its answer.
EndingTally cut_by_age() {
    EndingTally tally;
    for (int i = 0; i < 20; ++i)
        tally.add(cut(60s + i * 9ms, i * 37ms, 500 + static_cast<std::uint64_t>(i * 7)));
    return tally;
}

/// 20 streams cut after 30 s of silence, at ages from 35 s to 130 s.
EndingTally cut_by_silence() {
    EndingTally tally;
    for (int i = 0; i < 20; ++i)
        tally.add(cut(35s + i * 5s, 30s + i * 9ms, 100 + static_cast<std::uint64_t>(i * 50)));
    return tally;
}

bool is_near(nanoseconds value, nanoseconds expected) {
    return std::abs((value - expected).count()) <= expected.count() / 50;
}

TEST(CutOffs, AreNoneWhereNothingWasCut) {
    EndingTally tally;
    EXPECT_FALSE(tally.cut_off());
    for (int i = 0; i < 50; ++i)
        tally.add(finished(60s));
    EXPECT_FALSE(tally.cut_off());
}

TEST(CutOffs, NeedThreeStreams) {
    EndingTally tally;
    tally.add(cut(60s, 0s, 100));
    tally.add(cut(60s, 0s, 120));
    EXPECT_FALSE(tally.cut_off());
    tally.add(cut(60s, 0s, 140));
    EXPECT_TRUE(tally.cut_off());
}

TEST(CutOffs, OfTotalAgeAreFound) {
    auto tally = cut_by_age();
    tally.add(finished(20s));
    const auto found = tally.cut_off();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, CutOffKind::total);
    EXPECT_TRUE(is_near(found->after, 60s));
    EXPECT_EQ(found->streams, 20u);
    EXPECT_EQ(found->of, 20u);
    EXPECT_THAT(found->evidence, HasSubstr("20 of 20 streams that were cut short ended"));
    EXPECT_THAT(found->evidence, HasSubstr("none lived longer"));
}

TEST(CutOffs, OfSilenceAreFound) {
    auto tally = cut_by_silence();
    tally.add(finished(300s, 10s));
    const auto found = tally.cut_off();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, CutOffKind::idle);
    EXPECT_TRUE(is_near(found->after, 30s));
    EXPECT_THAT(found->evidence, HasSubstr("after their last byte; none outlived a longer silence"));
}

TEST(CutOffs, OfSilenceAtOnePlaceOfEveryAnswerAreOfSilence) {
    // Every answer pauses after 30 tokens: age and silence are both constant.
    EndingTally tally;
    for (int i = 0; i < 10; ++i)
        tally.add(cut(1620ms + i * 1ms, 1020ms + i * 1ms, 30));
    const auto found = tally.cut_off();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, CutOffKind::idle);
    EXPECT_TRUE(is_near(found->after, 1020ms));
}

TEST(CutOffs, OfRequestsNeverAnsweredAreOfSilence) {
    EndingTally tally;
    for (int i = 0; i < 5; ++i)
        tally.add(cut(60s, 60s, 0));
    EXPECT_EQ(tally.cut_off()->kind, CutOffKind::idle);
}

TEST(CutOffs, AreRefutedByStreamsThatLivedOn) {
    auto by_age = cut_by_age(), by_silence = cut_by_silence();
    for (int i = 0; i < 5; ++i) {
        by_age.add(finished(90s));
        by_silence.add(finished(90s, 45s));
    }
    EXPECT_FALSE(by_age.cut_off());
    EXPECT_FALSE(by_silence.cut_off());
}

TEST(CutOffs, AreNotSeenInAServerThatLeavesOutItsEndMark) {
    EndingTally tally;
    for (int i = 0; i < 50; ++i)
        tally.add(cut(2100ms + i * 1ms, 0ns, 100));
    EXPECT_FALSE(tally.cut_off());
}

TEST(CutOffs, AreNotSeenInACrashAtAnyTime) {
    EndingTally tally;
    for (int i = 0; i < 40; ++i)
        tally.add(cut(3s + i * 2s, i * 53ms, static_cast<std::uint64_t>(i * 11)));
    EXPECT_FALSE(tally.cut_off());
}

TEST(CutOffs, TakeDurationsNoClockShouldGive) {
    EndingTally tally;
    for (int i = 0; i < 5; ++i)
        tally.add(cut(nanoseconds::min(), nanoseconds::max(), ~std::uint64_t{0}));
    EXPECT_TRUE(tally.cut_off());
}

TEST(CutOffs, MergeInAnyOrder) {
    auto left = cut_by_age(), right = cut_by_silence();
    auto other = right;
    left.merge(right);
    other.merge(cut_by_age());
    ASSERT_EQ(left.cut_off().has_value(), other.cut_off().has_value());
    EXPECT_EQ(left.cut_off()->evidence, other.cut_off()->evidence);
}

}  // namespace
}  // namespace streamgauge::report
