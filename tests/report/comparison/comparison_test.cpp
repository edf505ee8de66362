#include "report/comparison/comparison.h"

#include "tests/report/comparison/observed_run.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::ElementsAre;

Comparison compare(const std::vector<RunObservations>& baselines,
                   const std::vector<RunObservations>& candidates, const ComparisonOptions& options = {}) {
    return compare_runs(baselines, candidates, usual_compared_metrics(), options);
}

ComparisonOptions gate(std::vector<std::string> metrics) {
    ComparisonOptions options;
    options.gate = std::move(metrics);
    return options;
}

const ComparedRow& row(const Comparison& comparison, std::string_view metric) {
    return *std::ranges::find(comparison.rows, metric, &ComparedRow::metric);
}
const ComparedRow& row(Comparison&&, std::string_view) = delete;

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

TEST(CompareRuns, ComparesEachCandidate) {
    const auto comparison =
        compare({observed_run("a", 200ms, 1)}, {observed_run("b", 200ms, 2), observed_run("c", 150ms, 3)});
    const auto& ttft = row(comparison, "ttft.p95");
    ASSERT_EQ(ttft.figures.size(), 2u);
    EXPECT_EQ(ttft.figures[0].verdict.kind, ChangeKind::same);
    EXPECT_EQ(ttft.figures[1].verdict.kind, ChangeKind::better);
}

}  // namespace
}  // namespace streamgauge::report
