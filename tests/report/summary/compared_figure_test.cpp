#include "report/summary/compared_figure.h"

#include "report/summary/verdict.h"
#include "tests/report/summary/group_fixture.h"
#include "tests/report/summary/run_fixture.h"

#include <gmock/gmock.h>

#include <cmath>

namespace streamgauge::report {
namespace {

using namespace testing;
using Kind = Figure::Kind;
using scenarios::Expectation;
using ::testing::HasSubstr;
using ::testing::Optional;

/// `gateway` and `direct`, measured in one phase and over all.
Summary two_targets() {
    Summary summary;
    for (const char* target : {"direct", "gateway"}) {
        for (const char* phase : {"", "steady"})
            summary.groups.push_back(measured_group(target, phase));
    }
    summary.run.phases = {{"steady", "20 users", 0s, 10s, false}};
    return summary;
}

GroupSummary& group(Summary& summary, std::string_view target) {
    for (auto& each : summary.groups) {
        if (each.target == target && each.phase == "steady") return each;
    }
    throw std::logic_error("no such group");
}

Percentile& ttft_p95(Summary& summary, std::string_view target) {
    for (auto& percentile : group(summary, target).metrics.at("ttft").percentiles) {
        if (percentile.quantile == 0.95) return percentile;
    }
    throw std::logic_error("no such percentile");
}

void set(Percentile& percentile, nanoseconds low, nanoseconds value, nanoseconds high) {
    percentile.value = value;
    percentile.low = low;
    percentile.high = high;
}

Expectation delta_below(nanoseconds limit) {
    Expectation expectation;
    expectation.text = "delta(ttft.p95, gateway, direct) < ...";
    expectation.condition = duration_condition("ttft", "p95", limit);
    expectation.delta = {"gateway", "direct"};
    return expectation;
}

Expectation hold_below(nanoseconds limit, const char* statistic = "p95") {
    Expectation expectation;
    expectation.text = "hold < ...";
    expectation.condition = duration_condition("hold", statistic, limit);
    return expectation;
}

/// What pairs say of gateway.
PairSummary pairs(nanoseconds hold) {
    PairSummary pair;
    pair.target = "gateway";
    pair.base = "direct";
    pair.phase = "steady";
    pair.pairs = 20;
    pair.lag = {1ms, 0ms, 2ms};
    pair.hold_p95 = {hold, hold - 10ms, hold + 10ms};
    pair.hold_mean = {hold / 2, hold / 2, hold / 2};
    return pair;
}

/// The gate on its own; the one on errors is implied.
ExpectationResult judged(const Expectation& expectation, const Summary& summary) {
    auto scenario = scenario_of({"direct", "gateway"});
    scenario.expect = {expectation};
    const auto results = judge(scenario, summary).expectations;
    EXPECT_EQ(results.size(), 3u) << "one gate, and that on errors of both targets";
    return results.front();
}

TEST(DeltaFigure, IsTheDifferenceWithTheIntervalOfADifference) {
    auto summary = two_targets();
    set(ttft_p95(summary, "gateway"), 420ms, 450ms, 490ms);
    set(ttft_p95(summary, "direct"), 380ms, 400ms, 440ms);
    const auto figure = delta_figure(delta_below(30ms), group(summary, "gateway"), summary);
    EXPECT_EQ(figure.kind, Kind::measured);
    EXPECT_EQ(figure.value, 50e6);
    EXPECT_EQ(figure.text, "50ms");
    EXPECT_NEAR(figure.low.value(), 0, 1) << "50 - sqrt(30^2 + 40^2)";
    EXPECT_NEAR(figure.high.value(), (50 + std::sqrt(40. * 40 + 20 * 20)) * 1e6, 1);
}

TEST(DeltaFigure, MayBeNegative) {
    auto summary = two_targets();
    ttft_p95(summary, "gateway").value = 380ms;
    const auto figure = delta_figure(delta_below(30ms), group(summary, "gateway"), summary);
    EXPECT_EQ(figure.value, -20e6);
    EXPECT_EQ(figure.text, "-20ms");
    EXPECT_EQ(judged(delta_below(0ms), summary).judgement, Judgement::held);
}

TEST(DeltaFigure, IsJudgedOnceAndSaysSoInTheSentence) {
    auto summary = two_targets();
    ttft_p95(summary, "gateway").value = 450ms;
    const auto result = judged(delta_below(30ms), summary);
    EXPECT_EQ(result.judgement, Judgement::missed);
    EXPECT_EQ(result.target, "gateway");
    EXPECT_THAT(result.margin, Optional(::testing::DoubleEq(-2.0 / 3)));
    auto scenario = scenario_of({"direct", "gateway"});
    scenario.expect = {delta_below(30ms)};
    EXPECT_EQ(
        judge(scenario, summary).sentence,
        "Failed: 1 of 3 expectations missed; worst: delta(ttft.p95, gateway, direct) 50ms, limit 30ms.");
}

TEST(DeltaFigure, NeedsBothTargets) {
    auto summary = two_targets();
    ttft_p95(summary, "direct").enough_samples = false;
    const auto result = judged(delta_below(30ms), summary);
    EXPECT_EQ(result.judgement, Judgement::not_measured);
    EXPECT_THAT(result.reason, HasSubstr("direct: ttft.p95 needs at least 59 samples"));
}

TEST(DeltaFigure, AboveACutIsABound) {
    auto summary = two_targets();
    auto& cut = ttft_p95(summary, "gateway");
    cut.value.reset();
    group(summary, "gateway").metrics.at("ttft").censored_above = 10s;
    const auto figure = delta_figure(delta_below(30ms), group(summary, "gateway"), summary);
    EXPECT_EQ(figure.kind, Kind::above);
    EXPECT_EQ(figure.text, "> 9.6s");
    EXPECT_EQ(judged(delta_below(30ms), summary).judgement, Judgement::missed);
    ttft_p95(summary, "direct").value.reset();
    EXPECT_THAT(judged(delta_below(30ms), summary).reason, HasSubstr("direct: too many requests were cut"));
}

TEST(HoldFigure, WithoutStampsOrPairsIsNotMeasured) {
    const auto summary = two_targets();
    auto scenario = scenario_of({"direct", "gateway"});
    scenario.expect = {hold_below(100ms)};
    const auto verdict = judge(scenario, summary);
    EXPECT_EQ(verdict.exit_code, 3);
    EXPECT_EQ(verdict.expectations[0].judgement, Judgement::not_measured);
    EXPECT_THAT(verdict.expectations[0].reason, HasSubstr("compare two targets"));
}

TEST(HoldFigure, ComesFromPairsForAllButTheBase) {
    auto summary = two_targets();
    summary.comparisons = {pairs(310ms)};
    const auto result = judged(hold_below(100ms), summary);
    EXPECT_EQ(result.target, "gateway");
    EXPECT_EQ(result.judgement, Judgement::missed);
    EXPECT_EQ(result.measured, "310ms");
    EXPECT_THAT(result.low, Optional(300e6));
    EXPECT_FALSE(result.too_close);
    EXPECT_TRUE(judged(hold_below(305ms), summary).too_close);
    EXPECT_EQ(judged(hold_below(160ms, "mean"), summary).judgement, Judgement::held);
    EXPECT_THAT(judged(hold_below(1s, "p99"), summary).reason, HasSubstr("hold.p99 needs server stamps"));
}

TEST(HoldFigure, OfTheBaseNeedsStamps) {
    auto summary = two_targets();
    summary.comparisons = {pairs(310ms)};
    auto expectation = hold_below(100ms);
    expectation.target = "direct";
    const auto result = judged(expectation, summary);
    EXPECT_EQ(result.judgement, Judgement::not_measured);
    EXPECT_THAT(result.reason, HasSubstr("direct is what the others are compared with"));
}

TEST(HoldFigure, ComesFromStampsWhereThereAreEnough) {
    auto summary = two_targets();
    summary.comparisons = {pairs(310ms)};
    auto& stamped = group(summary, "gateway").metrics;
    stamped["hold"] = stamped.at("ttft");  // 400 ms at p95
    EXPECT_EQ(judged(hold_below(100ms), summary).measured, "400ms");
    for (auto& percentile : stamped.at("hold").percentiles)
        percentile.enough_samples = false;
    EXPECT_EQ(judged(hold_below(100ms), summary).measured, "310ms");
    summary.comparisons.clear();
    EXPECT_THAT(hold_figure(hold_below(100ms), group(summary, "gateway"), summary).reason,
                HasSubstr("at least 59 samples"));
}

TEST(HoldFigure, OfTooFewPairsSaysHowMany) {
    auto summary = two_targets();
    auto few = pairs(310ms);
    few.hold_p95.reset();
    few.sentence = "gateway cannot be compared with direct: 4 pairs of at least 5";
    summary.comparisons = {few};
    EXPECT_EQ(judged(hold_below(100ms), summary).reason, few.sentence);
}

}  // namespace
}  // namespace streamgauge::report
