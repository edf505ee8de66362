#include "report/export/run_comparison_text.h"

#include "tests/report/comparison/observed_run.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::AllOf;
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

TEST(RunComparisonText, IsSafeToShowAndFits) {
    const auto text = text_of({observed_run("b\x1b[31mred\n", 230ms, 2)}, 60);
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        EXPECT_LE(end - begin, 60u) << text.substr(begin, end - begin);
        begin = end + 1;
    }
}

}  // namespace
}  // namespace streamgauge::report
