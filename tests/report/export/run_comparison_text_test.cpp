#include "report/export/run_comparison_text.h"

#include "report/comparison/comparison.h"
#include "tests/report/comparison/observed_run.h"
#include "tests/report/summary/comparison_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string text_of(const std::vector<RunObservations>& candidates, int width = 100) {
    const auto comparison =
        compare_runs({observed_run("runs/monday", 200ms, 1)}, candidates, usual_compared_metrics(), {});
    return run_comparison_text(comparison, {.width = width});
}

TEST(RunComparisonText, BeginsWithTheVerdictAndShowsTheChange) {
    const auto text = text_of({observed_run("runs/tuesday", 230ms, 2)});
    EXPECT_THAT(text, StartsWith("Worse: ttft.p95 of gateway in steady went from "));
    EXPECT_THAT(text,
                AllOf(HasSubstr("runs/monday"), HasSubstr("runs/tuesday"), HasSubstr("95 % interval"),
                      HasSubstr("ttft.p95 *"), HasSubstr("worse"), HasSubstr("Within these runs only")));
}

TEST(RunComparisonText, SaysThatNothingChanged) {
    EXPECT_THAT(text_of({observed_run("runs/tuesday", 200ms, 2)}), StartsWith("The same"));
}

TEST(RunComparisonText, HasAColumnForEachOfSeveralRuns) {
    const auto text = text_of({observed_run("b", 200ms, 2), observed_run("c", 150ms, 3)});
    EXPECT_THAT(text, AllOf(HasSubstr("run 1"), HasSubstr("run 2"), HasSubstr("better)")));
    EXPECT_THAT(text, StartsWith("Better"));
}

/// A run whose column had no room would pass unseen.
TEST(RunComparisonText, ShowsEveryRunHoweverNarrowTheTerminal) {
    const std::vector<RunObservations> runs{observed_run("b", 200ms, 2), observed_run("c", 200ms, 3),
                                            observed_run("d", 230ms, 4), observed_run("e", 200ms, 5)};
    for (const int width : {60, 80, 100, 400}) {
        const auto text = text_of(runs, width);
        EXPECT_THAT(text, StartsWith("Worse: ttft.p95 of gateway in steady, run 3 went from")) << width;
        for (const auto* const run : {"run 1\\b", "run 2\\b", "run 3\\b", "run 4\\b"})
            EXPECT_THAT(text, ContainsRegex(std::string("\n  metric[^\n]*") + run)) << width;
    }
    EXPECT_THAT(text_of(runs, 400), ContainsRegex("run 1.*run 2.*run 3.*run 4\n"));
}

TEST(RunComparisonText, IsSafeToShowAndFits) {
    const auto text = text_of({observed_run("b\x1b[31mred\n", 230ms, 2)}, 60);
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        EXPECT_LE(end - begin, 60u) << text.substr(begin, end - begin);
        begin = end + 1;
    }
}

TEST(RunComparisonText, ShowsBareFiguresWithTheReason) {
    auto comparison = comparison_fixture();
    comparison.rows = {bare_row("ttft.p95", 200e6, 220e6)};
    const auto text = run_comparison_text(comparison, {.width = 120});
    EXPECT_THAT(text, StartsWith("Undecided"));
    EXPECT_THAT(text, ContainsRegex("ttft.p95 \\* +200ms +220ms +\\+10.0 % +undecided"));
    EXPECT_THAT(text,
                HasSubstr("ttft.p95 of gateway in steady: undecided, the phase is too short: 3 blocks"));
}

TEST(RunComparisonText, SaysOnceWhatIsOpenForTheSameReason) {
    auto comparison = comparison_fixture();
    auto elsewhere = bare_row("tpot.p95", 20e6, 21e6);
    elsewhere.target = "direct";
    comparison.rows = {bare_row("ttft.p95", 200e6, 220e6), bare_row("tpot.p95", 20e6, 21e6), elsewhere};
    const auto text = run_comparison_text(comparison, {.width = 120});
    EXPECT_THAT(text,
                HasSubstr("\nttft.p95, tpot.p95 of gateway in steady: undecided, the phase is too short"));
    EXPECT_THAT(text, HasSubstr("\ntpot.p95 of direct in steady: undecided, the phase is too short"));
}

TEST(RunComparisonText, SaysOfWhichRunAFigureIsOpen) {
    auto comparison = comparison_fixture();
    comparison.candidates = {"runs/a", "runs/b"};
    auto row = compared_row("ttft.p95", 200e6, 201e6, 0.01, ChangeKind::same);
    row.figures.push_back(bare_row("ttft.p95", 200e6, 220e6).figures.front());
    comparison.rows = {row};
    EXPECT_THAT(run_comparison_text(comparison, {.width = 120}),
                HasSubstr("ttft.p95 of gateway in steady, run 2: undecided, the phase is too short"));
}

TEST(BaselineText, ShowsGatedFiguresAndWhatIsOpen) {
    EXPECT_EQ(baseline_text(comparison_fixture(), {.width = 120}), R"(
Against the baseline runs/1, runs/2
               on               baseline  this run        change       95 % interval
  ttft.p95     gateway, steady     200ms     250ms       +25.0 %  +19.0 % .. +31.0 %  worse
  tpot.p95     gateway, steady      20ms      21ms        +5.0 %   -5.0 % .. +15.0 %  undecided
  errors       gateway, steady    0.40 %    0.50 %  +0.10 points      -0.10 .. +0.30  same
  ttft.p50     gateway, steady     100ms      80ms       -20.0 %  -25.0 % .. -15.0 %  better
  max_gap.p95  gateway, steady     300ms     330ms       +10.0 %                      undecided
  tpot.p95 of gateway in steady: undecided, about 1200 more requests in each run would tell.
  max_gap.p95 of gateway in steady: undecided, the phase is too short: 3 blocks of 1s, 10 needed.
  Worse too, though not gated: e2e.p95 of gateway in steady.
  runs/2: 3 damaged rows are left out.
  Within these runs only: what differs from run to run is known from three baseline runs on.
)");
}

TEST(BaselineText, IsNoWall) {
    RunComparison comparison;
    comparison.baselines = {"a"};
    for (int i = 0; i < 40; ++i) {
        comparison.rows.push_back(
            compared_row("ttft.p95", 200e6, 201e6, 0.01, i == 33 ? ChangeKind::worse : ChangeKind::same));
    }
    const auto text = baseline_text(comparison, {.width = 100});
    EXPECT_LE(std::ranges::count(text, '\n'), 18);
    EXPECT_LT(text.find("worse"), text.find("same")) << "what needs attention comes first";
    EXPECT_THAT(text, HasSubstr("28 more gated figures are in the report."));
}

TEST(BaselineText, IsSafeToShowAndFits) {
    auto comparison = comparison_fixture();
    comparison.baselines = {"runs/\x1b[31mred\n", std::string(200, 'x')};
    comparison.notes = {"\x1b]0;title\x07 " + std::string(200, 'y')};
    const auto text = baseline_text(comparison, {.width = 60});
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        EXPECT_LE(end - begin, 60u) << text.substr(begin, end - begin);
        begin = end + 1;
    }
}

}  // namespace
}  // namespace streamgauge::report
