#pragma once

#include "report/export/exported_run.h"
#include "tests/report/summary/group_fixture.h"

#include <chrono>
#include <string>

namespace streamgauge::report::testing {

/// A summary and its scenario, as an exporter gets them.
struct Export {
    Summary summary;
    scenarios::Scenario scenario;

    ExportedRun run() const { return {summary, scenario}; }
};

inline ExpectationResult export_result(const std::string& text, scenarios::Condition condition,
                                       const std::string& target) {
    ExpectationResult result;
    result.expectation.text = text;
    result.expectation.condition = std::move(condition);
    result.expectation.where = {"ci/chat.yaml", 12, 5};
    result.target = target;
    result.phase = "steady";
    result.judgement = Judgement::held;
    return result;
}

inline GroupSummary export_group(const std::string& target, const std::string& phase) {
    auto group = measured_group(target, phase);
    group.duration = 60s;
    group.metrics.emplace("itl", metric_at(20'500us));
    group.metrics.at("itl").interval_method = "block bootstrap";
    group.metrics.at("ttft").interval_method = "block bootstrap";
    group.requests_per_second = 16.6;
    group.tokens_per_second = 1'666.6;
    group.output_tokens = 100'000;
    group.concurrency_max = 41;
    return group;
}

inline std::vector<ExpectationResult> export_results() {
    auto held = export_result("ttft.p95 < 800ms", duration_condition("ttft", "p95", 800ms), "direct");
    held.measured = "400ms";
    held.measured_value = 400e6;
    held.low = 380e6;
    held.high = 420e6;
    held.margin = 0.5;
    auto missed = export_result("ttft.p95 < 390ms", duration_condition("ttft", "p95", 390ms), "gateway");
    missed.judgement = Judgement::missed;
    missed.measured = "400ms";
    missed.measured_value = 400e6;
    missed.low = 380e6;
    missed.high = 420e6;
    missed.margin = -0.0256;
    missed.too_close = true;
    missed.expectation.where.line = 13;
    auto unmeasured = export_result("itl.p99.9 < 1s", duration_condition("itl", "p99.9", 1s), "gateway");
    unmeasured.judgement = Judgement::not_measured;
    unmeasured.reason = "itl.p99.9 needs at least 2995 samples and has 1000";
    unmeasured.expectation.where.line = 14;
    auto empty = export_result("tpot.p95 < 1s", duration_condition("tpot", "p95", 1s), "gateway");
    empty.judgement = Judgement::not_measured;
    empty.reason = "no request has a value of `tpot`";
    empty.expectation.where.line = 15;
    auto implied = export_result("errors < 1%", ratio_condition("errors", 0.01), "direct");
    implied.measured = "0% (0 of 1000)";
    implied.margin = 1;
    implied.expectation.implied = true;
    implied.expectation.where = {};
    return {held, missed, unmeasured, empty, implied};
}

/// Two targets in one measured phase after a warm-up: one that streams, one that is held back and fails now
/// and then; an expectation of every judgement.
inline Export export_fixture() {
    Export made;
    auto& run = made.summary.run;
    run.scenario_name = "chat v1.2";
    run.scenario_file = "ci/chat.yaml";
    run.version = "0.1.0";
    run.host = "bench-3";
    run.kernel = "Linux 6.18.2";
    run.seed = 42;
    run.workers = 2;
    run.start_unix_ns = 1'790'000'000'123'456'789;
    run.duration = 67'250ms;
    run.targets = {{"direct", "http://chat.example:8000/v1/chat/completions", "openai-chat"},
                   {"gateway", "https://gateway.example/v1/chat/completions", "openai-chat"}};
    run.phases = {{"warm", "5 users", 0s, 5s, true}, {"steady", "20/s poisson", 5s, 60s, false}};
    auto direct = export_group("direct", "steady");
    auto gateway = export_group("gateway", "steady");
    gateway.errors = {12, 1'000};
    gateway.outcomes[static_cast<std::size_t>(Outcome::completed)] = 988;
    gateway.outcomes[static_cast<std::size_t>(Outcome::http_error)] = 12;
    gateway.error_examples = {{"http_error", "HTTP 503: upstream is gone"}};
    gateway.buffering.verdict.kind = BufferingKind::block;
    gateway.buffering.verdict.block_bytes = 4096;
    gateway.buffering.verdict.estimated_hold = 310ms;
    gateway.buffering.verdict.evidence = "980 of 1000 streams were held back";
    auto warm = export_group("direct", "warm");
    warm.warmup = true;
    auto all_direct = direct, all_gateway = gateway;
    all_direct.phase = all_gateway.phase = "";
    all_gateway.remedies = {{"nginx", 0.9, "Server: nginx", "Turn it off.", "proxy_buffering off;", "", ""}};
    made.summary.groups = {all_direct, warm, direct, all_gateway, gateway};
    auto& verdict = made.summary.verdict;
    verdict.status = RunStatus::not_measurable;
    verdict.exit_code = 3;
    verdict.sentence = "Not measurable: 2 of 5 expectations could not be measured; 1 missed.";
    verdict.expectations = export_results();
    made.summary.validity.checks = {{"send_lag", ValidityCheck::State::ok, "p99 0.31ms (limit 10ms)", ""},
                                    {"loop_lag", ValidityCheck::State::warning, "p99 12ms (limit 10ms)",
                                     "The client is near its limit."}};

    auto& scenario = made.scenario;
    scenario.name = run.scenario_name;
    scenario.workload.model = "my-model";
    scenario.targets.resize(2);
    scenario.targets[0].name = "direct";
    scenario.targets[1].name = "gateway";
    scenario.targets[0].share = scenario.targets[1].share = 0.5;
    scenario.load = {
        {"warm", scenarios::ClosedLoop{{0, 5, 0s}, 0s}, 5s, true},
        {"steady", scenarios::OpenLoop{{0, 20, 0s}, scenarios::Arrivals::poisson, {}}, 60s, false}};
    return made;
}

/// What pairs of `gateway` and `direct` say, in the measured phase and over all.
inline std::vector<PairSummary> export_pairs() {
    PairSummary pair;
    pair.target = "gateway";
    pair.base = "direct";
    pair.phase = "steady";
    pair.pairs = pair.pairs_drawn = 60;
    pair.ttft_added = PairedFigure{302ms, 290ms, 315ms};
    pair.lag = PairedFigure{-400us, -2ms, 1'200us};
    pair.hold_mean = PairedFigure{150ms, 140ms, 160ms};
    pair.hold_p95 = PairedFigure{308ms, 301ms, 313ms};
    pair.order_effect = OrderEffect{30, 30, 12ms, 0.031};
    pair.verdict = PairVerdict::holds;
    pair.sentence = "gateway holds tokens back for 308ms (p95)";
    auto whole = pair;
    whole.phase = "";
    whole.warnings = {"2 pairs with gateway left out"};
    return {whole, pair};
}

}  // namespace streamgauge::report::testing
