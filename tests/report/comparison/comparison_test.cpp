#include "report/comparison/comparison.h"

#include "tests/report/comparison/observed_run.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

RunComparison compare(const std::vector<RunObservations>& baselines,
                      const std::vector<RunObservations>& candidates, const ComparisonOptions& options = {}) {
    return compare_runs(baselines, candidates, usual_compared_metrics(), options);
}

ComparisonOptions gate(std::vector<std::string> metrics) {
    ComparisonOptions options;
    options.gate = std::move(metrics);
    return options;
}

const RunComparisonRow& row(const RunComparison& comparison, std::string_view metric) {
    return *std::ranges::find(comparison.rows, metric, &RunComparisonRow::metric);
}
const RunComparisonRow& row(RunComparison&&, std::string_view) = delete;

TEST(CompareRuns, FindsWhatGotWorse) {
    const auto comparison = compare({observed_run("a", 200ms, 1)}, {observed_run("b", 230ms, 2)});
    EXPECT_TRUE(comparison.regressed());
    const auto& ttft = row(comparison, "ttft.p95");
    EXPECT_TRUE(ttft.gated);
    ASSERT_TRUE(ttft.figures.front().change);
    EXPECT_NEAR(ttft.figures.front().change->change, 0.15, 0.03);
    EXPECT_EQ(ttft.figures.front().verdict.kind, ChangeKind::worse);
    EXPECT_EQ(row(comparison, "tpot.p95").figures.front().verdict.kind, ChangeKind::same);
    EXPECT_THAT(comparison.baselines, ElementsAre("a"));
    EXPECT_THAT(comparison.candidates, ElementsAre("b"));
}

TEST(CompareRuns, CallsEqualRunsTheSame) {
    const auto comparison = compare({observed_run("a", 200ms, 1)}, {observed_run("b", 200ms, 2)});
    EXPECT_FALSE(comparison.regressed());
    EXPECT_FALSE(comparison.undecided());
    EXPECT_EQ(row(comparison, "ttft.p95").figures.front().verdict.kind, ChangeKind::same);
}

TEST(CompareRuns, FindsErrors) {
    const auto comparison = compare({observed_run("a", 200ms, 1)}, {observed_run("b", 200ms, 2, 20)});
    EXPECT_EQ(row(comparison, "errors").figures.front().verdict.kind, ChangeKind::worse);
    EXPECT_TRUE(comparison.regressed());
}

TEST(CompareRuns, LooksOnlyAtTheGate) {
    const std::vector<RunObservations> base{observed_run("a", 200ms, 1)}, slower{observed_run("b", 230ms, 2)};
    EXPECT_FALSE(compare(base, slower, gate({"errors"})).regressed());
    EXPECT_TRUE(compare(base, slower, gate({"e2e.p95"})).regressed());
    EXPECT_TRUE(compare(base, slower, gate({})).undecided());
}

TEST(CompareRuns, CorrectsGatedFiguresAloneForEachOther) {
    const auto comparison = compare({observed_run("a", 200ms, 1)}, {observed_run("b", 204ms, 2)});
    const auto& gated = row(comparison, "ttft.p95").figures.front();
    EXPECT_GE(gated.p_value, std::min(1.0, gated.change->p_value));
    const auto& shown = row(comparison, "ttft.p50").figures.front();
    EXPECT_EQ(shown.p_value, shown.change->p_value);
    double largest_factor = 0;
    for (const auto* const name : {"ttft.p95", "tpot.p95", "errors"}) {
        const auto& figure = row(comparison, name).figures.front();
        largest_factor = std::max(largest_factor, figure.p_value / figure.change->p_value);
    }
    EXPECT_GT(largest_factor, 1);
}

TEST(CompareRuns, PredictsFromThreeBaselines) {
    const std::vector<RunObservations> three{observed_run("a", 190ms, 1), observed_run("b", 200ms, 2),
                                             observed_run("c", 210ms, 3)};
    const std::vector<RunObservations> candidate{observed_run("d", 215ms, 4)};
    const auto one = compare({three[1]}, candidate);
    const auto& within = row(one, "ttft.p95").figures.front();
    EXPECT_TRUE(within.change->within_run);
    EXPECT_EQ(within.verdict.kind, ChangeKind::worse);
    const auto several = compare(three, candidate);
    const auto& beyond = row(several, "ttft.p95").figures.front();
    EXPECT_FALSE(beyond.change->within_run);
    EXPECT_EQ(beyond.verdict.kind, ChangeKind::undecided) << "runs differ by as much among themselves";
}

TEST(CompareRuns, SaysWhatOneRunHasNot) {
    RunObservations other("other", scenario_of({"direct"}), usual_compared_metrics());
    for (int i = 0; i < 600; ++i)
        other.add(completed_request(i * 100ms));
    const auto comparison = compare({observed_run("a", 200ms, 1)}, {other});
    EXPECT_FALSE(comparison.regressed());
    EXPECT_TRUE(comparison.undecided());
    EXPECT_EQ(row(comparison, "ttft.p95").figures.front().reason, "no requests");
    EXPECT_EQ(comparison.rows.back().target, "direct");
    EXPECT_EQ(comparison.rows.back().figures.front().reason, "baseline: no requests");
}

/// More requests in the baseline would not help.
TEST(CompareRuns, SaysOfAMissingTargetThatItIsMissing) {
    RunObservations brief("brief", scenario_of({"direct"}), usual_compared_metrics());
    for (int i = 0; i < 20; ++i)
        brief.add(completed_request(i * 100ms));
    const auto comparison = compare({brief}, {observed_run("a", 200ms, 1)});
    ASSERT_EQ(comparison.rows.front().target, "direct");
    EXPECT_EQ(comparison.rows.front().figures.front().reason, "no requests");
}

TEST(CompareRuns, ComparesEachCandidate) {
    const auto comparison =
        compare({observed_run("a", 200ms, 1)}, {observed_run("b", 200ms, 2), observed_run("c", 150ms, 3)});
    const auto& ttft = row(comparison, "ttft.p95");
    ASSERT_EQ(ttft.figures.size(), 2u);
    EXPECT_EQ(ttft.figures[0].verdict.kind, ChangeKind::same);
    EXPECT_EQ(ttft.figures[1].verdict.kind, ChangeKind::better);
}

/// 300 requests in 300 ms, some of them slower: enough for a figure, too few blocks for an interval.
RunObservations brief_run(const std::string& label, nanoseconds ttft, int requests = 300) {
    RunObservations run(label, scenario_of({"gateway"}), usual_compared_metrics());
    for (int i = 0; i < requests; ++i)
        run.add(completed_request(i * 1ms, ttft + (i % 10) * 1ms));
    return run;
}

TEST(CompareRuns, ShowsBareFiguresOfRunsTooShortForAnInterval) {
    const auto comparison = compare({brief_run("a", 200ms)}, {brief_run("b", 240ms)});
    const auto& ttft = row(comparison, "ttft.p95");
    EXPECT_NEAR(ttft.base.value(), 209e6, 1);
    const auto& figure = ttft.figures.front();
    EXPECT_EQ(figure.value, 249e6);
    EXPECT_FALSE(figure.change);
    EXPECT_NEAR(figure.bare_change.value(), 249.0 / 209 - 1, 1e-9);
    EXPECT_EQ(figure.verdict.kind, ChangeKind::undecided);
    EXPECT_THAT(figure.reason, HasSubstr("too short"));
    EXPECT_FALSE(comparison.regressed());
    EXPECT_TRUE(comparison.undecided());
    EXPECT_EQ(row(comparison, "errors").figures.front().bare_change, 0.0);
}

TEST(CompareRuns, ShowsBareFiguresOfTooFewRequests) {
    const auto comparison = compare({observed_run("a", 200ms, 1)}, {brief_run("b", 240ms, 20)});
    const auto& figure = row(comparison, "ttft.p95").figures.front();
    EXPECT_EQ(figure.value, 249e6);
    EXPECT_TRUE(figure.bare_change);
    EXPECT_THAT(figure.reason, HasSubstr("20 requests, 59 needed"));
}

}  // namespace
}  // namespace streamgauge::report
