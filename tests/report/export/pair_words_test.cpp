#include "report/export/pair_words.h"

#include "tests/report/export/export_fixture.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

using namespace testing;

TEST(PairWords, ShowFiguresWithTheirSign) {
    EXPECT_EQ(signed_duration(-400us), "-400us");
    EXPECT_EQ(signed_duration(PairedFigure{302ms, 290ms, 315ms}), "302ms");
    EXPECT_EQ(signed_duration(std::nullopt), "-");
    EXPECT_EQ(interval_words(PairedFigure{-1ms, -2ms, 1ms}), "-2ms to 1ms");
    EXPECT_EQ(interval_words(std::nullopt), "");
}

TEST(PairWords, NameEachVerdict) {
    EXPECT_EQ(verdict_words(PairVerdict::holds), "holds tokens back");
    EXPECT_EQ(verdict_words(PairVerdict::passes), "streams as the base does");
}

TEST(PairWords, FindThePairsOfAPhase) {
    Summary summary;
    summary.comparisons = export_pairs();
    EXPECT_EQ(find_pair(summary, "gateway", "steady"), &summary.comparisons.back());
    EXPECT_EQ(find_pair(summary, "gateway", ""), &summary.comparisons.front());
    EXPECT_EQ(find_pair(summary, "direct", "steady"), nullptr);
}

}  // namespace
}  // namespace streamgauge::report
