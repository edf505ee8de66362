#include "report/summary/verdict.h"

#include "scenarios/expectation_parser.h"
#include "tests/report/summary/comparison_fixture.h"
#include "tests/report/summary/group_fixture.h"
#include "tests/report/summary/run_fixture.h"

#include <gmock/gmock.h>

#include <csignal>

namespace streamgauge::report {
namespace {

using namespace testing;
using scenarios::Comparator;
using scenarios::Condition;
using scenarios::Expectation;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::SizeIs;
using ::testing::StartsWith;

Expectation expectation(Condition condition) {
    Expectation expectation;
    expectation.text = condition.metric;
    expectation.condition = std::move(condition);
    return expectation;
}

scenarios::Scenario expecting(const std::vector<Condition>& conditions) {
    auto scenario = scenario_of({"direct"});
    for (const auto& condition : conditions)
        scenario.expect.push_back(expectation(condition));
    return scenario;
}

Condition ttft_below(nanoseconds limit) {
    return duration_condition("ttft", "p95", limit);
}

const auto errors_gate = ratio_condition("errors", 0.01);

TEST(Verdict, PassesWhenAllHeld) {
    const auto verdict = judge(expecting({ttft_below(800ms), errors_gate}), measured_summary());
    EXPECT_EQ(verdict.status, RunStatus::passed);
    EXPECT_EQ(verdict.exit_code, 0);
    EXPECT_EQ(verdict.sentence, "Passed: all 2 expectations met.");
    const auto& ttft = verdict.expectations[0];
    EXPECT_EQ(ttft.target, "direct");
    EXPECT_EQ(ttft.phase, "steady");
    EXPECT_EQ(ttft.judgement, Judgement::held);
    EXPECT_EQ(ttft.measured, "400ms");
    EXPECT_THAT(ttft.measured_value, Optional(400e6));
    EXPECT_THAT(ttft.margin, Optional(0.5));
    EXPECT_FALSE(ttft.too_close);
}

TEST(Verdict, OfARunOfWhichNothingWasAskedIsThatItIsComplete) {
    auto summary = measured_summary();
    summary.verdict = judge(scenario_of({"direct"}), summary);
    EXPECT_EQ(summary.verdict.sentence, "Completed: no expectations were set.");
    EXPECT_EQ(summary.verdict.exit_code, 0);
    EXPECT_TRUE(has_only_measured(summary));
    summary.verdict = judge(expecting({errors_gate}), summary);
    EXPECT_FALSE(has_only_measured(summary));
}

TEST(Verdict, FailsWhenOneWasMissedAndNamesTheWorst) {
    const auto verdict =
        judge(expecting({ttft_below(390ms), ttft_below(100ms), errors_gate}), measured_summary());
    EXPECT_EQ(verdict.status, RunStatus::failed);
    EXPECT_EQ(verdict.exit_code, 1);
    EXPECT_EQ(verdict.sentence,
              "Failed: 2 of 3 expectations missed; worst: ttft.p95 on direct 400ms, limit 100ms.");
    EXPECT_THAT(verdict.expectations[1].margin, Optional(-3.0));
}

TEST(Verdict, ThePointEstimateDecidesAndAnIntervalOverTheLimitIsTooClose) {
    const auto verdict =
        judge(expecting({ttft_below(410ms), ttft_below(390ms), ttft_below(421ms), errors_gate}),
              measured_summary());  // the interval is 380..420 ms
    EXPECT_EQ(verdict.expectations[0].judgement, Judgement::held);
    EXPECT_TRUE(verdict.expectations[0].too_close);
    EXPECT_EQ(verdict.expectations[1].judgement, Judgement::missed);
    EXPECT_TRUE(verdict.expectations[1].too_close);
    EXPECT_FALSE(verdict.expectations[2].too_close);
}

TEST(Verdict, AnOpenEndOfTheIntervalLiesBeyondTheLimit) {
    auto summary = measured_summary();
    for (auto& percentile : summary.groups[1].metrics.at("ttft").percentiles)
        percentile.high.reset();
    EXPECT_TRUE(judge(expecting({ttft_below(800ms)}), summary).expectations[0].too_close);
}

TEST(Verdict, MarginIsPositiveWhenAFloorHeld) {
    auto summary = measured_summary();
    summary.groups[1].tokens_per_second = 150;
    const Condition floor{"throughput", "tokens", Comparator::greater, 100, scenarios::Unit::rate, {}};
    const auto verdict = judge(expecting({floor, errors_gate}), summary);
    EXPECT_EQ(verdict.expectations[0].judgement, Judgement::held);
    EXPECT_THAT(verdict.expectations[0].margin, Optional(0.5));
}

TEST(Verdict, TakesGatesOnThroughputAndOutcomesAsTheyAreWritten) {
    auto summary = measured_summary();
    summary.groups[1].tokens_per_second = 150;
    std::vector<Condition> gates{errors_gate};
    for (const char* text : {"throughput.tokens > 100/s", "outcome.completed == 1000"})
        gates.push_back(scenarios::parse_expectation(text)->condition);
    const auto verdict = judge(expecting(gates), summary);
    EXPECT_EQ(verdict.exit_code, 0) << verdict.sentence;
    EXPECT_EQ(verdict.expectations[1].measured, "150/s");
    EXPECT_EQ(verdict.expectations[2].measured, "1000");
}

TEST(Verdict, NamesTheWindowThatMissed) {
    auto scenario = expecting({ttft_below(800ms), errors_gate});
    scenario.expect[0].window = 10s;
    auto summary = measured_summary();
    auto slow = measured_group();
    slow.metrics.at("ttft") = metric_at(1240ms);
    summary.windowed.push_back({0, "direct", "steady", 6, 6, 1, "", 20s, 30s, slow});
    const auto verdict = judge(scenario, summary);
    EXPECT_EQ(verdict.exit_code, 1) << "though the phase as a whole came to 400ms";
    EXPECT_EQ(verdict.sentence,
              "Failed: 1 of 2 expectations missed; worst: ttft.p95 per 10s on direct 1.24s in 20s-30s of "
              "steady, limit 800ms.");
}

TEST(Verdict, ALimitOfNothingHasNoMargin) {
    const auto verdict = judge(expecting({{"errors", "", Comparator::equal, 0, scenarios::Unit::ratio, {}}}),
                               measured_summary());
    EXPECT_EQ(verdict.expectations[0].judgement, Judgement::held);
    EXPECT_FALSE(verdict.expectations[0].margin);
}

TEST(Verdict, ChecksEachTargetAndEachMeasuredPhase) {
    auto summary = measured_summary();
    summary.groups.push_back(measured_group("direct", "peak"));
    summary.groups.push_back(measured_group("direct", "warm"));
    summary.groups.back().warmup = true;
    summary.groups.push_back(measured_group("gateway", ""));
    summary.groups.push_back(measured_group("gateway", "peak"));
    auto scenario = expecting({ttft_below(800ms), errors_gate});
    EXPECT_THAT(judge(scenario, summary).expectations, SizeIs(6));
    scenario.expect[0].target = "gateway";
    EXPECT_THAT(judge(scenario, summary).expectations, SizeIs(4));
    scenario.expect[0].target.reset();
    scenario.expect[0].phase = "peak";
    EXPECT_THAT(judge(scenario, summary).expectations, SizeIs(5));
}

TEST(Verdict, NamesThePhaseWhereThereAreSeveral) {
    auto summary = measured_summary();
    summary.groups.push_back(measured_group("direct", "peak"));
    summary.groups.back().metrics.at("ttft") = metric_at(1200ms);
    EXPECT_THAT(judge(expecting({ttft_below(800ms), errors_gate}), summary).sentence,
                HasSubstr("worst: ttft.p95 on direct in peak 1.2s, limit 800ms"));
}

TEST(Verdict, AGateThatFitsNowhereIsNotMeasured) {
    auto scenario = expecting({ttft_below(800ms), errors_gate});
    scenario.expect[0].phase = "nowhere";
    const auto verdict = judge(scenario, measured_summary());
    EXPECT_EQ(verdict.expectations[0].judgement, Judgement::not_measured);
    EXPECT_EQ(verdict.exit_code, 3);
}

TEST(Verdict, AddsAVisibleErrorsGateWhereThereIsNone) {
    auto summary = measured_summary();
    summary.groups[1].errors = {10, 1'000};
    const auto verdict = judge(expecting({ttft_below(800ms)}), summary);
    ASSERT_THAT(verdict.expectations, SizeIs(2));
    EXPECT_TRUE(verdict.expectations[1].expectation.implied);
    EXPECT_EQ(verdict.expectations[1].expectation.text, "errors < 1%");
    EXPECT_EQ(verdict.expectations[1].judgement, Judgement::missed) << "1% is not below 1%";
    EXPECT_EQ(verdict.exit_code, 1);
    summary.groups[1].errors = {9, 1'000};
    EXPECT_EQ(judge(expecting({ttft_below(800ms)}), summary).exit_code, 0);
}

TEST(Verdict, AddsNoErrorsGateWhereThereIsOneOrNothingIsExpected) {
    EXPECT_THAT(judge(expecting({errors_gate}), measured_summary()).expectations, SizeIs(1));
    EXPECT_THAT(judge(expecting({}), measured_summary()).expectations, SizeIs(0));
}

TEST(Verdict, ANarrowErrorsGateLeavesTheOthersTheImpliedOne) {
    auto summary = measured_summary();
    summary.groups.push_back(measured_group("gateway", ""));
    summary.groups.push_back(measured_group("gateway", "steady"));
    auto scenario = expecting({errors_gate});
    scenario.expect[0].target = "gateway";
    const auto verdict = judge(scenario, summary);
    ASSERT_THAT(verdict.expectations, SizeIs(2));
    EXPECT_EQ(verdict.expectations[1].target, "direct");
    EXPECT_TRUE(verdict.expectations[1].expectation.implied);
}

TEST(Verdict, TooFewSamplesAreNotMeasurable) {
    auto summary = measured_summary();
    auto& ttft = summary.groups[1].metrics.at("ttft");
    ttft.count = 58;
    for (auto& percentile : ttft.percentiles)
        percentile.enough_samples = false;
    const auto verdict = judge(expecting({ttft_below(800ms), errors_gate}), summary);
    EXPECT_EQ(verdict.exit_code, 3);
    EXPECT_EQ(verdict.expectations[0].judgement, Judgement::not_measured);
    EXPECT_THAT(verdict.expectations[0].reason, HasSubstr("needs at least 59 samples"));
    EXPECT_THAT(verdict.sentence, StartsWith("Not measurable: 1 of 2 expectations could not be measured"));
}

TEST(Verdict, ACensoredPercentileFailsAnUpperLimitHoweverFar) {
    auto summary = measured_summary();
    auto& ttft = summary.groups[1].metrics.at("ttft");
    ttft.censored = 100;
    ttft.censored_above = 10s;
    for (auto& percentile : ttft.percentiles)
        percentile.value.reset();
    const auto verdict = judge(expecting({ttft_below(800ms), ttft_below(60s), errors_gate}), summary);
    EXPECT_EQ(verdict.exit_code, 1);
    EXPECT_EQ(verdict.expectations[0].judgement, Judgement::missed);
    EXPECT_EQ(verdict.expectations[0].measured, "> 10s");
    EXPECT_THAT(verdict.expectations[0].margin, Optional(::testing::DoubleEq((0.8 - 10) / 0.8)));
    EXPECT_EQ(verdict.expectations[1].judgement, Judgement::missed);
    EXPECT_FALSE(verdict.expectations[1].margin);
}

TEST(Verdict, BufferingNoneAcceptsAnInstantAnswer) {
    struct Case {
        BufferingKind kind;
        const char* word;
        Comparator comparator;
        Judgement judgement;
    };
    using enum Judgement;
    for (const Case& c : {Case{BufferingKind::none, "none", Comparator::equal, held},
                          Case{BufferingKind::instant, "none", Comparator::equal, held},
                          Case{BufferingKind::block, "none", Comparator::equal, missed},
                          Case{BufferingKind::full, "none", Comparator::equal, missed},
                          Case{BufferingKind::compression, "none", Comparator::equal, missed},
                          Case{BufferingKind::timer_or_window, "none", Comparator::equal, missed},
                          Case{BufferingKind::unclear, "none", Comparator::equal, not_measured},
                          Case{BufferingKind::insufficient, "none", Comparator::equal, not_measured},
                          Case{BufferingKind::full, "full", Comparator::equal, held},
                          Case{BufferingKind::full, "full", Comparator::not_equal, missed},
                          Case{BufferingKind::none, "full", Comparator::not_equal, held},
                          Case{BufferingKind::timer_or_window, "timer", Comparator::equal, held},
                          Case{BufferingKind::block_or_window, "token_window", Comparator::equal, held},
                          Case{BufferingKind::block_or_window, "block", Comparator::equal, held},
                          Case{BufferingKind::block_or_window, "timer", Comparator::equal, missed},
                          Case{BufferingKind::not_streamed, "none", Comparator::equal, missed}}) {
        auto summary = measured_summary();
        summary.groups[1].buffering.verdict.kind = c.kind;
        Condition condition = word_condition(c.word);
        condition.comparator = c.comparator;
        const auto verdict = judge(expecting({condition, errors_gate}), summary);
        EXPECT_EQ(verdict.expectations[0].judgement, c.judgement) << to_string(c.kind) << ' ' << c.word;
    }
}

TEST(Verdict, NamesTheBlockThatHeldTokensBack) {
    auto summary = measured_summary();
    summary.groups[1].buffering.verdict.kind = BufferingKind::block;
    summary.groups[1].buffering.verdict.block_bytes = 4'096;
    summary.groups[1].buffering.verdict.estimated_hold = 310ms;
    EXPECT_EQ(judge(expecting({word_condition("none"), errors_gate}), summary).sentence,
              "Failed: 1 of 2 expectations missed; worst: direct holds tokens back in blocks of 4096 bytes "
              "(p95 held 310ms), expected none.");
}

TEST(Verdict, SaysWhatItExpectedInsteadOfAKind) {
    auto summary = measured_summary();
    auto condition = word_condition("none");
    condition.comparator = Comparator::not_equal;
    EXPECT_EQ(judge(expecting({condition, errors_gate}), summary).sentence,
              "Failed: 1 of 2 expectations missed; worst: direct passes tokens on as they are made, expected "
              "anything but none.");
}

TEST(Verdict, SeveralGoodputsKeepTheirOwnCounts) {
    auto summary = measured_summary();
    summary.groups[1].goodputs = {{995, 1'000}, {500, 1'000}};
    Condition goodput = ratio_condition("goodput", 0.99);
    goodput.comparator = Comparator::greater;
    auto scenario = expecting({goodput, errors_gate, goodput});
    scenario.expect[0].goodput_limits = {ttft_below(1s)};
    scenario.expect[2].goodput_limits = {ttft_below(100ms)};
    const auto verdict = judge(scenario, summary);
    EXPECT_EQ(verdict.expectations[0].judgement, Judgement::held);
    EXPECT_EQ(verdict.expectations[2].judgement, Judgement::missed);
    EXPECT_THAT(verdict.expectations[2].measured, HasSubstr("500 of 1000"));
}

TEST(Verdict, AnInvalidRunIsNotMeasurableWhateverItsGatesSay) {
    auto summary = measured_summary();
    summary.validity.valid = false;
    summary.validity.checks = {{"send_lag", ValidityCheck::State::invalid, "p99 14ms (limit 10ms)", "x"}};
    for (const auto& scenario :
         {expecting({}), expecting({ttft_below(800ms)}), expecting({ttft_below(1ms)})}) {
        const auto verdict = judge(scenario, summary);
        EXPECT_EQ(verdict.status, RunStatus::not_measurable);
        EXPECT_EQ(verdict.exit_code, 3);
        EXPECT_EQ(verdict.sentence, "Not measurable: the run is not valid: send lag: p99 14ms (limit 10ms).");
    }
}

/// All requests of a group failed before any response.
void unanswer(GroupSummary& group, Outcome outcome, const std::string& detail) {
    group.answered = 0;
    group.outcomes = {};
    group.outcomes[static_cast<std::size_t>(outcome)] = group.due;
    group.errors = {group.due, group.due};
    group.metrics.clear();
    group.error_examples = {{std::string(to_string(outcome)), detail}};
}

TEST(Verdict, ATargetThatNeverAnsweredIsNotMeasurable) {
    auto summary = measured_summary();
    for (auto& group : summary.groups)
        unanswer(group, Outcome::connect_failed, "connection refused");
    const auto verdict = judge(expecting({errors_gate}), summary);
    EXPECT_EQ(verdict.exit_code, 3) << "the rig broke, not the service";
    EXPECT_EQ(verdict.sentence, "Not measurable: target `direct` never answered (connection refused).");
}

TEST(Verdict, AServersOwnTextIsNotQuoted) {
    auto summary = measured_summary();
    for (auto& group : summary.groups)
        unanswer(group, Outcome::malformed, "<script>");
    EXPECT_EQ(judge(expecting({}), summary).sentence,
              "Not measurable: target `direct` never answered (malformed).");
}

TEST(Verdict, ATargetThatDiedDuringTheRunIsData) {
    auto summary = measured_summary();
    auto warm = measured_group("direct", "warm");
    warm.warmup = true;
    for (auto& group : summary.groups)
        unanswer(group, Outcome::connect_failed, "connection refused");
    summary.groups.push_back(warm);
    const auto verdict = judge(expecting({errors_gate}), summary);
    EXPECT_EQ(verdict.exit_code, 1) << "it had answered in the warm-up";
    EXPECT_THAT(verdict.sentence, StartsWith("Failed: "));
}

TEST(Verdict, ATargetThatAnswersWithErrorsOnlyIsData) {
    auto summary = measured_summary();
    for (auto& group : summary.groups) {
        unanswer(group, Outcome::http_error, "500");
        group.answered = group.due;
    }
    EXPECT_EQ(judge(expecting({errors_gate}), summary).exit_code, 1);
}

TEST(Verdict, AnUnmeasuredGateComesBeforeAMissedOne) {
    auto summary = measured_summary();
    summary.groups[1].errors = {500, 1'000};
    const auto verdict = judge(expecting({duration_condition("tls", "p95", 1s)}), summary);
    EXPECT_EQ(verdict.exit_code, 3);
    EXPECT_THAT(verdict.sentence, HasSubstr("; 1 missed"));
}

Summary aborted_summary() {
    auto summary = measured_summary();
    summary.run.aborted = RunInfo::Abort{"errors > 20% for 5s", "direct", 12s, "50%"};
    return summary;
}

TEST(Verdict, AnAbortFailsARunWhoseExpectationsHeld) {
    const auto verdict = judge(expecting({ttft_below(800ms), errors_gate}), aborted_summary());
    EXPECT_EQ(verdict.status, RunStatus::failed);
    EXPECT_EQ(verdict.exit_code, 1);
    EXPECT_EQ(verdict.sentence,
              "Failed: `errors > 20% for 5s` struck on direct after 12s (50%) and ended the run; until then: "
              "all 2 expectations met.");
}

TEST(Verdict, AnAbortThatLeavesTooFewSamplesIsNoBrokenRig) {
    const auto verdict = judge(expecting({duration_condition("tls", "p95", 1s)}), aborted_summary());
    EXPECT_EQ(verdict.exit_code, 1);
    EXPECT_THAT(verdict.sentence, AllOf(StartsWith("Failed: "), HasSubstr("could not be measured")));
}

TEST(Verdict, AnInvalidRunIsNotMeasurableThoughItAborted) {
    auto summary = aborted_summary();
    summary.validity.valid = false;
    const auto verdict = judge(expecting({errors_gate}), summary);
    EXPECT_EQ(verdict.exit_code, 3);
    EXPECT_THAT(verdict.sentence, AllOf(StartsWith("Not measurable: "), HasSubstr("errors > 20% for 5s")));
}

TEST(Verdict, ASignalComesBeforeAnAbort) {
    auto summary = aborted_summary();
    summary.run.signal = SIGINT;
    EXPECT_EQ(judge(expecting({errors_gate}), summary).exit_code, 130);
}

TEST(Verdict, ASignalDecidesTheExitCode) {
    struct Case {
        int signal;
        int exit_code;
    };
    for (const Case& c : {Case{SIGINT, 130}, Case{SIGTERM, 143}, Case{0, 130}}) {
        auto summary = measured_summary();
        summary.run.interrupted = true;
        summary.run.signal = c.signal;
        summary.run.duration = 12s;
        EXPECT_EQ(judge(expecting({ttft_below(800ms)}), summary).exit_code, c.exit_code);
        summary.validity.valid = false;
        const auto verdict = judge(expecting({ttft_below(1ms)}), summary);
        EXPECT_EQ(verdict.exit_code, c.exit_code) << "before all others";
        EXPECT_THAT(verdict.sentence, StartsWith("Interrupted after 12s; until then: "));
    }
}

Summary summary_with_baseline(std::vector<RunComparisonRow> rows) {
    auto summary = measured_summary();
    summary.baseline.emplace();
    summary.baseline->baselines = {"runs/1"};
    summary.baseline->rows = std::move(rows);
    for (auto& row : summary.baseline->rows)
        row.target = "direct";
    return summary;
}

TEST(Verdict, AFigureWorseThanTheBaselineFails) {
    const auto summary =
        summary_with_baseline({compared_row("ttft.p95", 200e6, 250e6, 0.06, ChangeKind::worse),
                               compared_row("errors", 0, 0, 0.001, ChangeKind::same)});
    const auto verdict = judge(expecting({ttft_below(800ms), errors_gate}), summary);
    EXPECT_EQ(verdict.status, RunStatus::failed);
    EXPECT_EQ(verdict.exit_code, 1);
    EXPECT_EQ(verdict.sentence,
              "Failed: 1 of 2 gated figures is worse than the baseline; worst: ttft.p95 on direct 200ms to "
              "250ms, +25.0 % (95 % interval +19.0 % .. +31.0 %).");
    EXPECT_EQ(judge(scenario_of({"direct"}), summary).exit_code, 1) << "also where nothing is expected";
}

TEST(Verdict, WhatMissedAndWhatGotWorseAreBothSaid) {
    const auto summary =
        summary_with_baseline({compared_row("ttft.p95", 200e6, 250e6, 0.06, ChangeKind::worse)});
    const auto missed = judge(expecting({ttft_below(100ms), errors_gate}), summary);
    EXPECT_EQ(missed.exit_code, 1);
    EXPECT_THAT(missed.sentence,
                HasSubstr("missed; worst: ttft.p95 on direct 400ms, limit 100ms; 1 of 1 gated "
                          "figure is worse than the baseline"));
    const auto unmeasured = judge(expecting({duration_condition("tls", "p95", 1s)}), summary);
    EXPECT_EQ(unmeasured.exit_code, 3) << "the rig comes first";
    EXPECT_THAT(unmeasured.sentence, HasSubstr("worse than the baseline"));
}

TEST(Verdict, WhatIsUndecidedOrNotGatedPasses) {
    auto ungated = compared_row("e2e.p95", 1e9, 2e9, 0.05, ChangeKind::worse);
    ungated.gated = false;
    const auto same = compared_row("errors", 0, 0, 0.001, ChangeKind::same);
    const auto sentence_of = [](std::vector<RunComparisonRow> rows) {
        const auto verdict =
            judge(expecting({ttft_below(800ms), errors_gate}), summary_with_baseline(std::move(rows)));
        EXPECT_EQ(verdict.exit_code, 0) << verdict.sentence;
        return verdict.sentence;
    };
    EXPECT_EQ(sentence_of({same, ungated}),
              "Passed: all 2 expectations met; nothing gated is worse than the baseline.");
    EXPECT_THAT(sentence_of({same, bare_row("ttft.p95", 200e6, 300e6)}),
                HasSubstr("against the baseline nothing gated is worse, 1 of 2 undecided"));
    EXPECT_THAT(sentence_of({ungated}), HasSubstr("nothing could be compared with the baseline"));
    auto compared = summary_with_baseline({same});
    compared.verdict = judge(scenario_of({"direct"}), compared);
    EXPECT_EQ(compared.verdict.sentence,
              "Passed: the run is valid; nothing gated is worse than the baseline.");
    EXPECT_FALSE(has_only_measured(compared));
}

}  // namespace
}  // namespace streamgauge::report
