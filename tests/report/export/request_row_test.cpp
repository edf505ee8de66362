#include "report/export/request_row.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

const RunNames names{{"direct", "gate\"way"}, {"warm-up", "steady"}, {"cache", "pod"}};

RequestMetrics full_request() {
    RequestMetrics request;
    request.request_id = "a-b-c";
    request.sequence = 12;
    request.target = 1;
    request.phase = 1;
    request.pair_id = "pair";
    request.pair_position = 1;
    request.start_unix_ns = 1'790'000'000'123'456'789;
    request.start = 5'000'000'001ns;
    request.outcome = Outcome::error_event;
    request.detail = "it said \"no\"\n";
    request.http_status = 429;
    request.new_connection = true;
    request.finish_reason = "length";
    request.retry_after = 3s;
    request.ttft = 1ns;
    request.ttft_sent = 2ns;
    request.ttfa = 3ns;
    request.ttfb = 4ns;
    request.headers = 5ns;
    request.tpot = 6ns;
    request.e2e = 7ns;
    request.last_token_sent = 8ns;
    request.schedule_lag = -9ns;
    request.connection_wait = 10ns;
    request.resolve = 11ns;
    request.connect = 12ns;
    request.tls = 13ns;
    request.send = 14ns;
    request.total = 15ns;
    request.max_gap = 16ns;
    request.stalls = 17;
    request.jank = 0.1;
    request.fluidity = 1.0 / 3;
    request.hold_p50 = 20ns;
    request.hold_p95 = 21ns;
    request.hold_max = 22ns;
    request.token_events = 23;
    request.uncertain_events = 24;
    request.output_tokens = 25;
    request.input_tokens = 26;
    request.reasoning_tokens = 27;
    request.tokens_from_usage = true;
    request.tokens_per_event = 2.8;
    request.events_per_read = 2.9;
    request.wire_bytes = 30;
    request.buffering.kind = BufferingKind::timer_or_window;
    request.buffering.block_bytes = 4096;
    request.buffering.timer_period = 200ms;
    request.buffering.window_tokens = 8;
    request.buffering.confidence = 0.85;
    request.buffering.estimated_hold = 150ms;
    request.buffering.rhythm = BurstRhythm{31, 32ns, 33, 34, 35ns, 36, 37.5, -38.5, 39.5, 40};
    request.labels = {"HIT \"1\"", "pod-7"};
    request.age = 41ns;
    request.silence = 42ns;
    request.longest_silence = 43ns;
    return request;
}

std::optional<RequestMetrics> parse(const std::string& row) {
    JsonLineReader reader;
    return reader.parse(row) ? parse_request_row(reader, names) : std::nullopt;
}

TEST(RequestRowTest, KeepsEveryField) {
    const auto row = request_row(full_request(), names);
    const auto parsed = parse(row);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->request_id, "a-b-c");
    EXPECT_EQ(parsed->sequence, 12U);
    EXPECT_EQ(parsed->target, 1U);
    EXPECT_EQ(parsed->phase, 1U);
    EXPECT_EQ(parsed->pair_id, "pair");
    EXPECT_EQ(parsed->start_unix_ns, 1'790'000'000'123'456'789);
    EXPECT_EQ(parsed->start, 5'000'000'001ns);
    EXPECT_EQ(parsed->outcome, Outcome::error_event);
    EXPECT_EQ(parsed->detail, "it said \"no\"\n");
    EXPECT_EQ(parsed->http_status, 429);
    EXPECT_TRUE(parsed->new_connection);
    EXPECT_EQ(parsed->finish_reason, "length");
    EXPECT_EQ(parsed->retry_after, 3s);
    EXPECT_EQ(parsed->schedule_lag, -9ns);
    EXPECT_EQ(parsed->ttfa, 3ns);
    EXPECT_EQ(parsed->send, 14ns);
    EXPECT_EQ(parsed->hold_max, 22ns);
    EXPECT_EQ(parsed->fluidity, 1.0 / 3);
    EXPECT_EQ(parsed->reasoning_tokens, 27U);
    EXPECT_TRUE(parsed->tokens_from_usage);
    EXPECT_EQ(parsed->buffering.kind, BufferingKind::timer_or_window);
    EXPECT_EQ(parsed->buffering.timer_period, 200ms);
    EXPECT_EQ(parsed->buffering.confidence, 0.85);
    EXPECT_EQ(parsed->buffering.severity, BufferingSeverity::noticeable);
    EXPECT_THAT(parsed->labels, ElementsAre("HIT \"1\"", "pod-7"));
    EXPECT_EQ(parsed->buffering.rhythm, full_request().buffering.rhythm);
    // What a field above does not show, the text does: each has a value of its own.
    EXPECT_EQ(request_row(*parsed, names), row);
}

TEST(RequestRowTest, WritesEveryFigureUnderItsName) {
    const auto row = request_row(full_request(), names);
    for (const std::string field : {"\"schedule_lag_ns\":-9",
                                    "\"ttft_ns\":1",
                                    "\"ttft_sent_ns\":2",
                                    "\"ttfa_ns\":3",
                                    "\"ttfb_ns\":4",
                                    "\"headers_ns\":5",
                                    "\"tpot_ns\":6",
                                    "\"e2e_ns\":7",
                                    "\"last_token_sent_ns\":8",
                                    "\"connection_wait_ns\":10",
                                    "\"resolve_ns\":11",
                                    "\"connect_ns\":12",
                                    "\"tls_ns\":13",
                                    "\"send_ns\":14",
                                    "\"total_ns\":15",
                                    "\"max_gap_ns\":16",
                                    "\"stalls\":17",
                                    "\"jank\":0.1",
                                    "\"hold_p50_ns\":20",
                                    "\"hold_p95_ns\":21",
                                    "\"hold_max_ns\":22",
                                    "\"token_events\":23",
                                    "\"uncertain_events\":24",
                                    "\"output_tokens\":25",
                                    "\"input_tokens\":26",
                                    "\"reasoning_tokens\":27",
                                    "\"tokens_per_event\":2.8",
                                    "\"events_per_read\":2.9",
                                    "\"wire_bytes\":30",
                                    "\"block_bytes\":4096",
                                    "\"window_tokens\":8",
                                    "\"hold_estimated_ns\":150000000",
                                    "\"connection\":\"new\"",
                                    "\"target\":\"gate\\\"way\"",
                                    "\"buffering\":\"timer_or_window\""}) {
        EXPECT_THAT(row, HasSubstr(field));
    }
    EXPECT_THAT(row, EndsWith("}\n"));
    EXPECT_EQ(row.find('\n'), row.size() - 1);
}

TEST(RequestRowTest, LeavesOutWhatWasNotMeasured) {
    const auto row = request_row(RequestMetrics(), names);
    for (const std::string field : {"ttft", "ttfb", "tpot", "e2e", "total", "jank", "output_tokens", "hold",
                                    "lag", "wait", "http_status", "connection", "retry", "pair", "detail"}) {
        EXPECT_THAT(row, Not(HasSubstr(field)));
    }
    const auto parsed = parse(row);
    ASSERT_TRUE(parsed);
    EXPECT_FALSE(parsed->ttft);
    EXPECT_FALSE(parsed->schedule_lag);
    EXPECT_FALSE(parsed->total);
    EXPECT_FALSE(parsed->jank);
    EXPECT_FALSE(parsed->output_tokens);
    EXPECT_FALSE(parsed->retry_after);
    EXPECT_FALSE(parsed->buffering.block_bytes);
    EXPECT_FALSE(parsed->buffering.estimated_hold);
    EXPECT_EQ(parsed->buffering.kind, BufferingKind::insufficient);
    EXPECT_EQ(request_row(*parsed, names), row);
}

TEST(RequestRowTest, ReadsRowsFromBeforeThereWereLabels) {
    RequestMetrics request;
    const auto row = request_row(request, names);
    EXPECT_THAT(row, Not(HasSubstr("labels")));
    EXPECT_THAT(parse(row)->labels, ElementsAre("(none)", "(none)"));
    request.labels = {"(none)", "pod-7"};
    EXPECT_THAT(request_row(request, names), HasSubstr(R"("labels":{"pod":"pod-7"})"));
    EXPECT_THAT(parse(request_row(request, names))->labels, ElementsAre("(none)", "pod-7"));
}

TEST(RequestRowTest, MakesLabelsSafeShortAndSecretFree) {
    RequestMetrics request;
    request.labels = {"a\x1b[31m\nb\xff", std::string(1'000, 'x'), "key sk-live-0123 of yours",
                      std::string(60, 'x') + "sk-live-0123", std::string(21, ' ') + "\u20ac"};
    clean_request(request, Masker({"sk-live-0123"}));
    EXPECT_THAT(request.labels, ElementsAre("a\ufffd[31m b\ufffd", std::string(64, 'x'), "key *** of yours",
                                            std::string(60, 'x') + "***", std::string(21, ' ') + "\u20ac"));
    // A row that someone else wrote.
    const auto longer = request_row(RequestMetrics(), names);
    const auto parsed = parse("{\"labels\":{\"cache\":\"\\u001b" + std::string(200, 'y') +
                              "\",\"other\":\"z\"}," + longer.substr(1));
    ASSERT_TRUE(parsed);
    EXPECT_THAT(parsed->labels, ElementsAre("\ufffd" + std::string(61, 'y'), "(none)"));
}

TEST(RequestRowTest, KeepsAMeasuredZero) {
    RequestMetrics request;
    request.ttft = 0ns;
    request.jank = 0;
    request.output_tokens = 0;
    const auto parsed = parse(request_row(request, names));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->ttft, 0ns);
    EXPECT_EQ(parsed->jank, 0.0);
    EXPECT_EQ(parsed->output_tokens, 0U);
}

RequestMetrics paired_request() {
    auto request = full_request();
    for (std::size_t i = 0; i < arrival_points; ++i)
        request.arrivals.emplace_back(100ms + i / 3 * 20'001us);
    return request;
}

TEST(RequestRowTest, KeepsTheArrivalsOfAPairedRequestInShortSteps) {
    const auto request = paired_request();
    const auto row = request_row(request, names);
    EXPECT_THAT(row, HasSubstr(R"("pair_position":1)"));
    EXPECT_THAT(row, HasSubstr(R"("arrival_steps_us":[100000,0,0,20001,0,0,)"));
    const auto same = parse(row);
    ASSERT_TRUE(same);
    EXPECT_EQ(same->arrivals, request.arrivals);
    EXPECT_EQ(same->pair_position, 1u);
}

TEST(RequestRowTest, DropsArrivalsThatAreNone) {
    const auto row = request_row(paired_request(), names);
    const auto with = [&](const std::string& from, const std::string& to) {
        auto changed = row;
        changed.replace(changed.find(from), from.size(), to);
        return parse(changed).value().arrivals;
    };
    EXPECT_THAT(with("[100000,0,", "[100000,"), ::testing::IsEmpty()) << "one too few";
    EXPECT_THAT(with("[100000,", "[9223372036854775807,"), ::testing::IsEmpty());
    EXPECT_THAT(with("[100000,", "[-9223372036854775808,"), ::testing::IsEmpty());
    EXPECT_THAT(with("[100000,0", "[31535999999999,20000"), ::testing::IsEmpty())
        << "more than a year in all";
    EXPECT_THAT(with("[100000,", "[\"x\","), ::testing::IsEmpty());
    EXPECT_EQ(with("[100000,", "[100001,").front(), 100001us);
}

TEST(RequestRowTest, HasNoPositionWithoutAPair) {
    auto request = full_request();
    request.pair_id.clear();
    EXPECT_THAT(request_row(request, names), Not(HasSubstr("pair_position")));
}

TEST(RequestRowTest, KnowsAReusedConnection) {
    RequestMetrics request;
    request.send = 10us;
    EXPECT_THAT(request_row(request, names), HasSubstr(R"("connection":"reused")"));
}

TEST(RequestRowTest, KeepsEveryOutcomeAndKind) {
    RequestMetrics request;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        request.outcome = static_cast<Outcome>(i);
        EXPECT_EQ(parse(request_row(request, names)).value().outcome, request.outcome);
    }
    for (std::size_t i = 0; i < buffering_names.size(); ++i) {
        request.buffering.kind = static_cast<BufferingKind>(i);
        EXPECT_EQ(parse(request_row(request, names)).value().buffering.kind, request.buffering.kind);
    }
}

TEST(RequestRowTest, RefusesRowsThatNameWhatIsNotThere) {
    EXPECT_TRUE(parse(R"({"target":"direct","phase":"steady","outcome":"reset","start_ns":1})"));
    EXPECT_FALSE(parse(R"({"target":"other","phase":"steady","outcome":"reset","start_ns":1})"));
    EXPECT_FALSE(parse(R"({"target":"direct","phase":"other","outcome":"reset","start_ns":1})"));
    EXPECT_FALSE(parse(R"({"target":"direct","phase":"steady","outcome":"other","start_ns":1})"));
    EXPECT_FALSE(parse(R"({"target":"direct","phase":"steady","outcome":"reset"})"));
    EXPECT_FALSE(
        parse(R"({"target":"direct","phase":"steady","outcome":"reset","start_ns":1,"buffering":"x"})"));
    EXPECT_FALSE(parse("{}"));
}

TEST(CleanRequestTest, MasksCutsAndRepairsWhatTheServerSaid) {
    const Masker masker({"sk-0123456789"});
    RequestMetrics request;
    request.detail = std::string(490, 'x') + "sk-0123456789" + std::string(100, 'y');
    request.finish_reason = "sk-0123456789\xff" + std::string(100, 'z');
    clean_request(request, masker);
    EXPECT_EQ(request.detail, std::string(490, 'x') + "***" + std::string(7, 'y'));
    EXPECT_EQ(request.finish_reason, "***\xef\xbf\xbd" + std::string(74, 'z'));
}

TEST(CleanRequestTest, MasksCutsAndRepairsHeaders) {
    RequestMetrics request;
    request.product_headers = {{"Via", "1.1 sk-0123456789\xff"}, {"Server", std::string(500, 'x')}};
    clean_request(request, Masker({"sk-0123456789"}));
    EXPECT_EQ(request.product_headers[0].second, "1.1 ***\xef\xbf\xbd");
    EXPECT_LE(request.product_headers[1].second.size(), 120U);
}

TEST(RequestRowTest, KeepsTheHeadersThatTellProductsApart) {
    auto request = full_request();
    EXPECT_THAT(request_row(request, names), Not(HasSubstr("product_headers")));
    request.product_headers = {{"Server", "nginx \"x\""}, {"X-Varnish", ""}};
    const auto row = request_row(request, names);
    EXPECT_THAT(row, HasSubstr(R"("product_headers":[["Server","nginx \"x\""],["X-Varnish",""]])"));
    const auto parsed = parse(row);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->product_headers, request.product_headers);
}

TEST(RunNamesTest, AreInTheOrderOfTheScenario) {
    scenarios::Scenario scenario;
    scenario.targets.resize(2);
    scenario.targets[1].name = "second";
    scenario.load.resize(1);
    scenario.load[0].name = "steady";
    const auto found = RunNames::of(scenario);
    EXPECT_EQ(index_of(found.targets, "second"), 1U);
    EXPECT_EQ(index_of(found.phases, "steady"), 0U);
    EXPECT_FALSE(index_of(found.phases, "second"));
}

}  // namespace
}  // namespace streamgauge::report
