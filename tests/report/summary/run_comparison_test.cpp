#include "report/summary/run_comparison.h"

#include "report/stats/blocked_sample.h"
#include "tests/report/summary/comparison_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::HasSubstr;

const RunDifference& first_of(const RunComparisonRow& row) {
    return row.figures.front();
}
const RunDifference& first_of(RunComparisonRow&&) = delete;

TEST(RunComparisonTest, CountsGatedFiguresAlone) {
    const auto comparison = comparison_fixture();
    EXPECT_EQ(comparison.gated(), 5u);
    EXPECT_EQ(comparison.count(ChangeKind::worse), 1u) << "e2e.p95 is not gated";
    EXPECT_EQ(comparison.count(ChangeKind::undecided), 2u);
    EXPECT_TRUE(comparison.regressed());
    EXPECT_TRUE(comparison.undecided());
    EXPECT_TRUE(comparison.within_run());
}

TEST(RunComparisonTest, ComparedWithNothingItIsUndecided) {
    RunComparison comparison;
    EXPECT_TRUE(comparison.undecided());
    EXPECT_FALSE(comparison.regressed());
    EXPECT_FALSE(worst_regression(comparison));
    comparison.rows = {compared_row("errors", 0, 0, 0.001, ChangeKind::same)};
    EXPECT_FALSE(comparison.undecided());
}

TEST(RunComparisonTest, TheWorstIsWhatChanceExplainsLeast) {
    auto comparison = comparison_fixture();
    EXPECT_EQ(worst_regression(comparison)->row->metric, "ttft.p95");
    comparison.rows.push_back(compared_row("e2e.p50", 1e9, 1.1e9, 0.01, ChangeKind::worse));
    comparison.rows.back().figures.front().p_value = 1e-6;
    EXPECT_EQ(worst_regression(comparison)->row->metric, "e2e.p50");
}

TEST(RunComparisonTest, SaysADifferenceInWords) {
    const auto ttft = compared_row("ttft.p95", 200e6, 250e6, 0.06, ChangeKind::worse);
    EXPECT_EQ(difference_text(ttft, first_of(ttft)),
              "200ms to 250ms, +25.0 % (95 % interval +19.0 % .. +31.0 %)");
    EXPECT_EQ(subject_of(ttft), "ttft.p95 on gateway in steady");
    const auto errors = compared_row("errors", 0.004, 0.012, 0.002, ChangeKind::worse);
    EXPECT_EQ(difference_text(errors, first_of(errors)),
              "0.40 % to 1.20 %, +0.80 points (95 % interval +0.60 .. +1.00)");
    const auto brief = bare_row("ttft.p95", 200e6, 220e6);
    EXPECT_EQ(difference_text(brief, first_of(brief)), "200ms to 220ms, +10.0 %");
    auto timed_out = compared_row("ttft.p95", 200e6, censored_value, 0, ChangeKind::worse);
    timed_out.figures.front().change->beyond = true;
    EXPECT_EQ(difference_text(timed_out, first_of(timed_out)), "200ms to timed out");
    EXPECT_EQ(figure_text({}, false), "-");
}

TEST(RunComparisonTest, SaysWhatIsOpenAndWhatWouldHelp) {
    const auto comparison = comparison_fixture();
    EXPECT_EQ(open_question(first_of(comparison.rows[0])), "");
    EXPECT_EQ(open_question(first_of(comparison.rows[1])), "about 1200 more requests in each run would tell");
    EXPECT_THAT(open_question(first_of(comparison.rows[4])), HasSubstr("too short"));
    auto several = comparison.rows[1];
    several.figures.front().verdict.more_requests.reset();
    several.figures.front().change->within_run = false;
    EXPECT_EQ(open_question(first_of(several)), "the runs differ by as much among themselves");
}

TEST(RunComparisonTest, ComparedIsWhatBothRunsHave) {
    RunDifference figure;
    EXPECT_FALSE(figure.is_compared());
    figure.bare_change = 0.1;
    EXPECT_EQ(figure.size(), 0.1);
    figure.change = Change{.change = 0.2};
    EXPECT_EQ(figure.size(), 0.2);
}

TEST(RunComparisonTest, HasNoSignWhereItRoundsToNothing) {
    EXPECT_EQ(change_text(-0.0002, false), "+0.0 %");
    EXPECT_EQ(change_text(-0.0006, false), "-0.1 %");
    EXPECT_EQ(change_text(-0.00002, true), "+0.00 points");
    const auto errors = compared_row("errors", 0.004, 0.00398, 0.00002, ChangeKind::same);
    EXPECT_EQ(interval_text(errors.figures.front(), true), "+0.00 .. +0.00");
}

}  // namespace
}  // namespace streamgauge::report
