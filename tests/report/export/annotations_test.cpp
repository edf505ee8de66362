#include "report/export/annotations.h"

#include "tests/report/export/export_fixture.h"
#include "tests/report/export/temporary_folder.h"
#include "tests/report/summary/comparison_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(GithubAnnotations, PointAtTheLinesOfTheScenario) {
    EXPECT_EQ(
        github_annotations(export_fixture().summary, {}),
        "::error title=Not measurable::Not measurable: 2 of 5 expectations could not be measured; 1 "
        "missed.\n"
        "::error file=ci/chat.yaml,line=13,col=5,title=Expectation missed::ttft.p95 < 390ms on gateway, "
        "steady: measured 400ms (margin -3%25), too close to the limit to be sure\n"
        "::warning file=ci/chat.yaml,line=14,col=5,title=Could not be measured::itl.p99.9 < 1s on gateway, "
        "steady: itl.p99.9 needs at least 2995 samples and has 1000\n"
        "::warning file=ci/chat.yaml,line=15,col=5,title=Could not be measured::tpot.p95 < 1s on gateway, "
        "steady: no request has a value of `tpot`\n");
}

TEST(GithubAnnotations, AreNoneWhenAllIsWell) {
    auto summary = export_fixture().summary;
    summary.verdict.status = RunStatus::passed;
    summary.verdict.expectations.resize(1);
    EXPECT_THAT(github_annotations(summary, {}), IsEmpty());
}

TEST(GithubAnnotations, PointAtTheFileForAnExpectationThatNobodyWrote) {
    auto summary = export_fixture().summary;
    summary.verdict.status = RunStatus::failed;
    summary.verdict.expectations.erase(summary.verdict.expectations.begin(),
                                       summary.verdict.expectations.begin() + 4);
    summary.verdict.expectations.front().judgement = Judgement::missed;
    EXPECT_THAT(github_annotations(summary, {}),
                StartsWith("::error file=ci/chat.yaml,title=Expectation missed::"));
}

TEST(GithubAnnotations, SayThatTheRunWasEndedByItsOwnCondition) {
    auto summary = export_fixture().summary;
    summary.verdict.status = RunStatus::failed;
    summary.verdict.sentence = "Failed: `errors > 20% for 5s` struck.";
    summary.verdict.expectations.resize(1);
    summary.run.aborted = RunInfo::Abort{"errors > 20% for 5s", "direct", {}, "50%"};
    EXPECT_EQ(github_annotations(summary, {}),
              "::error title=Run aborted::Failed: `errors > 20%25 for 5s` struck.\n");
}

TEST(GithubAnnotations, GiveFilesFromTheRootOfTheCheckout) {
    const TemporaryFolder workspace;
    auto summary = export_fixture().summary;
    auto& where = summary.verdict.expectations.at(1).expectation.where;
    where.file = (workspace / "bench/../load/chat.yaml").string();
    EXPECT_THAT(github_annotations(summary, workspace.path()), HasSubstr("file=load/chat.yaml,line=13"));
    where.file = "/elsewhere/chat.yaml";
    EXPECT_THAT(github_annotations(summary, workspace.path()),
                HasSubstr("file=/elsewhere/chat.yaml,line=13"));
}

TEST(GithubAnnotations, AreNoMoreThanGithubShows) {
    auto summary = export_fixture().summary;
    const auto missed = summary.verdict.expectations.at(1);
    summary.verdict.expectations.assign(25, missed);
    const auto lines = lines_of(github_annotations(summary, {}));
    ASSERT_THAT(lines, SizeIs(most_annotations));
    EXPECT_EQ(lines.back(), "::error title=Expectation missed::and 17 more\n");
}

TEST(GithubAnnotations, PointAtTheBaselineWhenAFigureGotWorse) {
    auto summary = export_fixture().summary;
    summary.verdict.status = RunStatus::failed;
    summary.verdict.expectations.clear();
    summary.baseline = comparison_fixture();
    summary.baseline->rows.push_back(compared_row("e2e.p50", 1e9, 2e9, 0.1, ChangeKind::worse));
    EXPECT_EQ(
        github_annotations(summary, {}),
        "::error file=ci/chat.yaml,line=20,col=1,title=Worse than the baseline::ttft.p95 on gateway in "
        "steady went from 200ms to 250ms, +25.0 %25 (95 %25 interval +19.0 %25 .. +31.0 %25); and 1 more "
        "gated figures got worse\n");
    summary.baseline->rows.erase(summary.baseline->rows.begin());
    summary.baseline->rows.pop_back();
    EXPECT_THAT(github_annotations(summary, {}), IsEmpty()) << "what is undecided passes";
}

}  // namespace
}  // namespace streamgauge::report
