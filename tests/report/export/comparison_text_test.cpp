#include "report/export/comparison_text.h"

#include <gmock/gmock.h>

#include <sstream>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

PairSummary pair(const char* target, nanoseconds lag, nanoseconds hold, PairVerdict verdict) {
    PairSummary pair;
    pair.target = target;
    pair.base = "direct";
    pair.pairs = pair.pairs_drawn = 40;
    pair.ttft_added = {lag + hold, lag, hold};
    pair.lag = {lag, lag, lag};
    pair.hold_mean = {hold / 2, hold / 2, hold / 2};
    pair.hold_p95 = {hold, hold - hold / 10, hold + hold / 10};
    pair.verdict = verdict;
    pair.sentence = std::string("what is said of ") + target;
    return pair;
}

Summary compared() {
    Summary summary;
    summary.comparisons = {pair("nginx", 2ms, 310ms, PairVerdict::holds),
                           pair("far", 80ms, 0ms, PairVerdict::delays),
                           pair("near", -1ms, 0ms, PairVerdict::passes)};
    auto phase = pair("nginx", 2ms, 999ms, PairVerdict::holds);
    phase.phase = "steady";
    summary.comparisons.push_back(phase);
    PairSummary few;
    few.target = "new";
    few.base = "direct";
    few.pairs = 3;
    few.sentence = "what is said of new";
    few.warnings = {"2 pairs with new left out"};
    summary.comparisons.push_back(few);
    return summary;
}

TEST(ComparisonText, IsEmptyWithoutAComparison) {
    EXPECT_EQ(comparison_text(Summary(), {}), "");
}

TEST(ComparisonText, ReadsLikeThis) {
    EXPECT_EQ(comparison_text(compared(), {}),
              "\n"
              "Compared with direct\n"
              "         pairs  TTFT added   lag  hold p95    95% interval\n"
              "  nginx     40       312ms   2ms     310ms  279ms to 341ms  holds tokens back\n"
              "  far       40        80ms  80ms        0s        0s to 0s  slow, but it streams\n"
              "  near      40        -1ms  -1ms        0s        0s to 0s  streams as the base does\n"
              "  new        3           -     -         -                  too few pairs\n"
              "  what is said of nginx.\n"
              "  what is said of far.\n"
              "  what is said of near.\n"
              "  what is said of new.\n"
              "  Note: 2 pairs with new left out.\n");
}

TEST(ComparisonText, OfAChainSaysWhichHop) {
    auto summary = compared();
    summary.hops = HopSummary{{"nginx", "far", "direct"}, "nginx", "far", "it is nginx"};
    const auto text = comparison_text(summary, {});
    EXPECT_THAT(text, HasSubstr("  it is nginx.\n"));
    EXPECT_THAT(text, Not(HasSubstr("what is said of nginx")));
}

TEST(ComparisonText, FitsTheWidthItIsGiven) {
    TerminalStyle style;
    style.width = 50;
    std::istringstream lines(comparison_text(compared(), style));
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(line.size(), 50u) << line;
}

}  // namespace
}  // namespace streamgauge::report
