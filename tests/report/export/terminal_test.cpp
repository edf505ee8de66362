#include "report/export/terminal.h"

#include "tests/report/summary/group_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace streamgauge::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::chrono_literals;

Summary failed_run() {
    Summary summary;
    summary.run.scenario_name = "chat";
    summary.run.version = "0.1.0";
    summary.run.host = "bench-1";
    summary.run.seed = 7;
    summary.run.workers = 2;
    summary.run.start_unix_ns = 1'795'270'805'123'456'789;
    summary.run.duration = 65s;
    summary.run.targets = {{"direct", "http://127.0.0.1:8000/v1/chat/completions", "openai-chat"},
                           {"gateway", "https://gateway.example/v1/chat/completions", "openai-chat"}};
    summary.run.phases = {{"warm", "5 users", 0s, 5s, true}, {"steady", "20/s, poisson", 5s, 60s, false}};
    auto direct = testing::measured_group("direct", "steady");
    auto gateway = testing::measured_group("gateway", "steady");
    gateway.buffering.verdict.kind = BufferingKind::block;
    gateway.buffering.verdict.block_bytes = 4096;
    gateway.buffering.verdict.estimated_hold = 310ms;
    gateway.buffering.verdict.evidence = "480 of 500 streams were held back";
    gateway.cut_off =
        CutOff{CutOffKind::total, 60s, 20, 20, "20 of 20 streams that were cut short ended then"};
    gateway.errors = {12, 1000};
    gateway.outcomes[static_cast<std::size_t>(Outcome::http_error)] = 12;
    gateway.error_examples = {{"http_error", "HTTP 503: \x1b[31mred\x1b[0m and gone"}};
    summary.groups = {direct, gateway};
    for (auto group : {direct, gateway}) {
        group.phase.clear();
        summary.groups.push_back(group);
    }
    summary.verdict.status = RunStatus::failed;
    summary.verdict.exit_code = 1;
    summary.verdict.sentence =
        "Failed: 1 of 2 expectations missed; buffering on gateway is block of 4096 bytes.";
    ExpectationResult held;
    held.expectation.text = "ttft.p95 < 800ms";
    held.target = "direct";
    held.phase = "steady";
    held.judgement = Judgement::held;
    held.measured = "400ms";
    held.margin = 0.5;
    ExpectationResult missed = held;
    missed.expectation.text = "buffering == none";
    missed.target = "gateway";
    missed.judgement = Judgement::missed;
    missed.measured = "block of 4096 bytes";
    missed.margin.reset();
    summary.verdict.expectations = {held, missed};
    summary.validity.checks = {{"send_lag", ValidityCheck::State::ok, "p99 0.31ms (limit 10ms)", ""}};
    return summary;
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> all;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        all.push_back(line);
    return all;
}

TEST(TerminalSummary, ReadsLikeThis) {
    EXPECT_EQ(terminal_summary(failed_run(), {false, true, 100}, "runs/today/report.html"),
              R"(Failed: 1 of 2 expectations missed; buffering on gateway is block of 4096 bytes.
The client kept up: send lag p99 0.31ms (limit 10ms)

steady  20/s, poisson, 60s
                                          TTFT          ITL  TPOT  E2E
           requests  errors    p50   p95   p99  p50 p95 p99   p50  p95  tokens/s  buffering
  direct      1,000      0%  400ms 400ms 400ms    -   -   -     -    -         0  none
  gateway     1,000    1.2%  400ms 400ms 400ms    -   -   -     -    -         0  block

Expectations
                        on                          measured  margin
  ✓  ttft.p95 < 800ms   direct, steady                 400ms    +50%
  ✗  buffering == none  gateway, steady  block of 4096 bytes

Not completed
  gateway 12 http_error  HTTP 503: ?[31mred?[0m and gone

Buffering
  gateway holds tokens back in blocks of 4096 bytes (p95 held 310ms)
    480 of 500 streams were held back
  gateway cuts streams off 60s after the request
    20 of 20 streams that were cut short ended then

Run
  chat, 2026-11-21 14:20:05 UTC, took 65s, seed 7, 2 workers on bench-1, streamgauge 0.1.0
  direct  http://127.0.0.1:8000/v1/chat/completions (openai-chat)
  gateway  https://gateway.example/v1/chat/completions (openai-chat)

runs/today/report.html
)");
}

TEST(TerminalSummary, FitsTheWidthItIsGiven) {
    for (const int width : {60, 80, 100}) {
        for (const auto& line : lines(terminal_summary(failed_run(), {false, false, width}))) {
            EXPECT_LE(line.size(), static_cast<std::size_t>(width)) << line;
        }
    }
}

TEST(TerminalSummary, WithoutColourThereIsNoControlCharacter) {
    const auto text = terminal_summary(failed_run(), {false, true, 100});
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(TerminalSummary, WithColourOnlyOurOwnCodesAreThere) {
    const auto text = terminal_summary(failed_run(), {true, true, 100});
    EXPECT_THAT(text, HasSubstr("\x1b[31mFailed"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b[31mred")));
}

TEST(TerminalSummary, OfARunOfWhichNothingWasAskedIsNotGreen) {
    auto summary = failed_run();
    summary.verdict = {RunStatus::passed, 0, "Completed: no expectations were set.", {}};
    EXPECT_THAT(terminal_summary(summary, {true, true, 100}),
                StartsWith("Completed: no expectations were set.\n"));
    summary.baseline.emplace();
    EXPECT_THAT(terminal_summary(summary, {true, true, 100}), StartsWith("\x1b[32m"));
}

TEST(TerminalSummary, HeldStreamsEndInTheRemedy) {
    auto summary = failed_run();
    summary.groups.back().remedies = {
        {"nginx", 0.9, "Server: \x1b[31mnginx", "Turn it off.", "a off;\nb 1.1;", "60 s", "its pages"},
        {"HAProxy", 0.3, "header names in lower case", "Send at once.", "", "", "its manual"},
        {"", 0, "", "Look around.", "", "", ""}};
    const auto text = terminal_summary(summary, {false, true, 200});
    EXPECT_THAT(text, HasSubstr("    nginx (Server: ?[31mnginx)  Turn it off. Set: a off; b 1.1; Note: 60 s. "
                                "Perhaps also on the way: HAProxy."));
    summary.groups.back().remedies = {{"", 0, "", "Look around.", "", "", ""}};
    EXPECT_THAT(terminal_summary(summary, {false, true, 200}), HasSubstr("    remedy  Look around.\n"));
}

TEST(TerminalSummary, AnInvalidRunSaysWhyAndWhatToDo) {
    auto summary = failed_run();
    summary.verdict.status = RunStatus::not_measurable;
    summary.verdict.sentence = "Not measurable: the run is not valid.";
    summary.validity.checks = {{"send_lag", ValidityCheck::State::invalid, "p99 25ms (limit 10ms)",
                                "Give the client more workers."}};
    const auto text = terminal_summary(summary, {false, true, 100});
    EXPECT_THAT(text, StartsWith("Not measurable"));
    EXPECT_THAT(text, HasSubstr("invalid  send lag: p99 25ms (limit 10ms). Give the client more workers."));
}

TEST(TerminalSummary, WhatHamperedTheClientIsSaid) {
    auto summary = failed_run();
    summary.validity.health.notes = {"cannot write runs/requests.jsonl: No space left on device"};
    EXPECT_THAT(terminal_summary(summary, {false, true, 100}),
                HasSubstr("  note  cannot write runs/requests.jsonl: No space left on device\n"));
}

TEST(TerminalSummary, APercentileAmongCutRequestsIsAbove) {
    auto summary = failed_run();
    auto& ttft = summary.groups[0].metrics.at("ttft");
    ttft.censored = 100;
    ttft.censored_above = 10s;
    ttft.percentiles[3].value.reset();
    EXPECT_THAT(terminal_summary(summary, {false, true, 100}), HasSubstr("> 10s"));
}

TEST(TerminalSummary, WhatCouldNotBeMeasuredGivesItsReason) {
    auto summary = failed_run();
    auto& result = summary.verdict.expectations[0];
    result.judgement = Judgement::not_measured;
    result.reason = "12 samples, 59 are needed";
    const auto text = terminal_summary(summary, {false, true, 100});
    EXPECT_THAT(text, HasSubstr("not measured"));
    EXPECT_THAT(text, HasSubstr("12 samples, 59 are needed"));
}

TEST(TerminalSummary, ARunThatWasKilledSaysSo) {
    auto summary = failed_run();
    summary.run.partial = true;
    EXPECT_THAT(terminal_summary(summary, {}), HasSubstr("did not come to its end"));
}

}  // namespace
}  // namespace streamgauge::report
