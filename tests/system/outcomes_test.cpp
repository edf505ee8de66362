#include "tests/system/fixture.h"

#include <gmock/gmock.h>

#include <map>
#include <ostream>
#include <string>

namespace streamgauge::system_tests {
namespace {

/// How the simulator behaves, and what every request must then be called.
struct Case {
    std::string name;
    std::string behaviour;
    std::string outcome;
    int http_status = 200;  ///< 0: none
    std::string timeouts{};
    std::string target{};
};

std::ostream& operator<<(std::ostream& out, const Case& given) {
    return out << given.name;
}

class EveryOutcome : public ::testing::TestWithParam<Case> {};

TEST_P(EveryOutcome, IsNamedRightInEveryRow) {
    const auto& given = GetParam();
    const Simulator simulator;
    Bench bench;
    Scene scene{
        simulator.chat_url(), given.target,
        "ttft: 200ms, itl: 2ms, tokens: 12" + (given.behaviour.empty() ? "" : ", " + given.behaviour)};
    scene.load = "{ phase: steady, rate: 20/s, for: 500ms }";
    scene.more = "timeouts: { " + given.timeouts + " }\nexpect: [ \"errors < 1%\" ]\n";
    const auto finished = run(bench.command(scene, {"--quiet"}));
    SCOPED_TRACE(finished.out + finished.err);
    const auto rows = bench.folder().rows();
    EXPECT_EQ(rows.size(), 10u);
    for (const auto& row : rows) {
        EXPECT_EQ(row.at("outcome").as_string(), given.outcome) << row;
        if (given.http_status != 0) {
            EXPECT_EQ(row.at("http_status").to_number<int>(), given.http_status) << row;
        } else {
            EXPECT_FALSE(row.contains("http_status")) << row;
        }
        if (given.outcome == "completed") {
            EXPECT_EQ(row.at("token_events").to_number<int>(), 12) << row;
        } else {
            EXPECT_FALSE(row.at("detail").as_string().empty()) << row;
        }
    }
    // Outcomes are named right even where the client could not keep up, as when a dribbling server takes its
    // core from it; the run then says so with 3.
    const bool valid = bench.folder().summary().at("validity").at("valid").as_bool();
    if (given.outcome == "completed") {
        EXPECT_EQ(finished.status, valid ? 0 : 3);
    } else {
        EXPECT_THAT(finished.status, ::testing::AnyOf(1, 3));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, EveryOutcome,
    ::testing::Values(
        Case{"Completed", "", "completed"},  //
        Case{"CompletedWithDribble", "fault: dribble", "completed"},
        Case{"CompletedWithSplitCharacters", "fault: split_utf8", "completed"},
        Case{"CompletedWithGzip", "encoding: gzip", "completed", 200, "", "accept_encoding: [gzip]"},
        Case{"CompletedUnframed", "framing: close", "completed"},
        Case{"Truncated", "fault: truncate", "truncated"},
        Case{"WithoutEndMark", "fault: no_end_mark", "truncated"},
        Case{"Empty", "fault: empty", "truncated"},  //
        Case{"ErrorEvent", "fault: error_event", "error_event"},
        Case{"RateLimit", "fault: rate_limit", "http_error", 429},
        Case{"ServerError", "fault: server_error", "http_error", 500},
        Case{"Overloaded", "fault: overloaded", "http_error", 503},
        Case{"NotFound", "fault: not_found", "http_error", 404},
        Case{"Redirect", "fault: redirect", "http_error", 302},
        Case{"EchoAuthorization", "fault: echo_authorization", "http_error", 401},
        Case{"BrokenEvent", "fault: malformed_json", "malformed"},
        Case{"HtmlPage", "fault: html", "malformed"},  //
        Case{"BadChunk", "fault: bad_chunk", "malformed"}, Case{"Garbage", "fault: garbage", "malformed", 0},
        Case{"EndlessLine", "fault: endless_line", "malformed"},
        Case{"EndlessHeader", "fault: endless_header", "malformed", 0},
        Case{"CorruptGzip", "fault: corrupt_gzip", "malformed", 200, "", "accept_encoding: [gzip]"},
        Case{"Reset", "fault: reset", "reset"},
        Case{"TimeoutFirstToken", "fault: never_answer", "timeout_first_token", 0, "first_token: 400ms"},
        Case{"TimeoutFirstTokenAfterHeaders", "fault: headers_only", "timeout_first_token", 200,
             "first_token: 400ms"},
        Case{"TimeoutIdle", "fault: stall", "timeout_idle", 200, "idle: 200ms"},
        Case{"TimeoutStallAmongPings", "fault: stall, ping: 50ms", "timeout_stall", 200,
             "idle: 200ms, stall: 400ms"},
        Case{"TimeoutTotal", "fault: stall", "timeout_total", 200, "total: 500ms"}),
    [](const auto& given) { return given.param.name; });

/// How many rows have each outcome.
std::map<std::string, int> outcomes_of(const RunFolder& folder) {
    std::map<std::string, int> counts;
    for (const auto& row : folder.rows())
        ++counts[std::string(row.at("outcome").as_string())];
    return counts;
}

TEST(OutcomesOfOurOwn, RequestBeyondMaxInFlightIsNotStarted) {
    const Simulator simulator;
    Bench bench;
    Scene scene{simulator.chat_url(), "", "ttft: 200ms, itl: 2ms, tokens: 12"};
    scene.load = "{ phase: steady, rate: 20/s, max_in_flight: 1, for: 500ms }";
    bench.run(scene, {"--quiet"});
    const auto counts = outcomes_of(bench.folder());
    EXPECT_EQ(counts.size(), 2u);
    EXPECT_GE(counts.at("completed"), 1);
    EXPECT_GE(counts.at("not_started"), 5);
    EXPECT_EQ(counts.at("completed") + counts.at("not_started"), 10);
}

TEST(OutcomesOfOurOwn, WhatTheDrainCutsIsAborted) {
    const Simulator simulator;
    Bench bench;
    Scene scene{simulator.chat_url(), "", "ttft: 20ms, itl: 20ms, tokens: 3000"};
    scene.load = "{ phase: steady, users: 3, for: 300ms }";
    scene.more = "drain: 200ms\n";
    bench.run(scene, {"--quiet"});
    EXPECT_EQ(outcomes_of(bench.folder()), (std::map<std::string, int>{{"aborted", 3}}));
    for (const auto& row : bench.folder().rows())
        EXPECT_GT(row.at("token_events").to_number<int>(), 5) << row;
}

TEST(OutcomesOfOurOwn, WhatTheTokenLimitCutsIsCancelledAndNoError) {
    const Simulator simulator;
    Bench bench;
    Scene scene{simulator.chat_url(), "", "ttft: 200ms, itl: 5ms, tokens: 20"};
    scene.load = "{ phase: steady, users: 5, think: 30ms, for: 300s }";
    scene.more = "limits: { output_tokens: 300 }\nexpect: [ \"errors < 1%\" ]\n";
    const auto finished = bench.run(scene, {"--quiet"});
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
    const auto counts = outcomes_of(bench.folder());
    EXPECT_GE(counts.at("completed"), 15);
    EXPECT_LE(counts.size(), 2u) << "only completed and cancelled";
    EXPECT_EQ(counts.contains("cancelled"), counts.size() == 2);
}

}  // namespace
}  // namespace streamgauge::system_tests
