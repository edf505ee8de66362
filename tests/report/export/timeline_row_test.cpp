#include "report/export/timeline_row.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

const RunNames names{{"direct", "gateway"}, {"warm-up", "steady"}};
const Masker no_secrets{{}};

/// Every field set, each to a value of its own. Moments count from the start of the clock, as a reader has
/// them.
StreamTimeline full_timeline() {
    StreamTimeline timeline;
    const auto at = [](auto since) { return Moment(since); };
    timeline.request_id = "a-b-c";
    timeline.sequence = 12;
    timeline.target = 1;
    timeline.phase = 1;
    timeline.pair_id = "pair";
    timeline.intended = at(1s);
    timeline.connect_start = at(1001ms);
    timeline.resolved = at(1002ms);
    timeline.connected = at(1003ms);
    timeline.tls_done = at(1004ms);
    timeline.sent = at(1005ms);
    timeline.send_done = at(1006ms);
    timeline.headers = at(1007ms);
    timeline.first_byte = at(1008ms);
    timeline.first_event = at(1009ms);
    timeline.terminal = at(1100ms);
    timeline.end = at(1101ms);
    timeline.connection_wait = 17us;
    timeline.new_connection = true;
    timeline.http_status = 200;
    timeline.response_headers = {{"via", "1.1 proxy"}, {"x-cache", "MISS"}};
    timeline.content_encoding = "gzip";
    timeline.chunked = true;
    timeline.retry_after = 2s;
    timeline.reads = {{at(1010ms), at(1009ms), 120, StampSource::kernel, true},
                      {at(1050ms), at(1050ms), 80, StampSource::user, false}};
    timeline.tokens = {{0, 0, 60, 1, TokenKind::reasoning},
                       {1, 1, 61, 2, TokenKind::answer},
                       {1, 2, 62, 3, TokenKind::refusal}};
    timeline.stamps = {{1ns, 2ns}, {3ns, 4ns}, {5ns, 0ns}};
    timeline.http_chunks = {66, 67, 68};
    timeline.wire_bytes = 500;
    timeline.events = 5;
    timeline.pings = 1;
    timeline.input_tokens = 40;
    timeline.output_tokens = 6;
    timeline.reasoning_tokens = 1;
    timeline.finish_reason = "stop";
    timeline.outcome = Outcome::truncated;
    timeline.detail = "it \"ended\"";
    return timeline;
}

std::string write(const StreamTimeline& timeline) {
    return timeline_row(timeline, Moment(0s), names, no_secrets);
}

std::optional<StreamTimeline> parse(const std::string& row) {
    JsonLineReader reader;
    return reader.parse(row) ? parse_timeline_row(reader, names) : std::nullopt;
}

TEST(TimelineRowTest, KeepsEveryField) {
    const auto timeline = full_timeline();
    const auto row = write(timeline);
    const auto parsed = parse(row);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->request_id, timeline.request_id);
    EXPECT_EQ(parsed->target, 1U);
    EXPECT_EQ(parsed->phase, 1U);
    EXPECT_EQ(parsed->intended, timeline.intended);
    EXPECT_EQ(parsed->resolved, timeline.resolved);
    EXPECT_EQ(parsed->tls_done, timeline.tls_done);
    EXPECT_EQ(parsed->sent, timeline.sent);
    EXPECT_EQ(parsed->first_event, timeline.first_event);
    EXPECT_EQ(parsed->terminal, timeline.terminal);
    EXPECT_EQ(parsed->end, timeline.end);
    EXPECT_EQ(parsed->connection_wait, 17us);
    EXPECT_EQ(parsed->response_headers, timeline.response_headers);
    EXPECT_EQ(parsed->http_chunks, timeline.http_chunks);
    EXPECT_EQ(parsed->outcome, Outcome::truncated);
    EXPECT_EQ(parsed->detail, timeline.detail);
    ASSERT_EQ(parsed->reads.size(), 2U);
    EXPECT_EQ(parsed->reads[0].arrival, Moment(1010ms));
    EXPECT_EQ(parsed->reads[0].not_before(), Moment(1009ms));
    EXPECT_EQ(parsed->reads[0].wire_bytes, 120U);
    EXPECT_EQ(parsed->reads[0].source, StampSource::kernel);
    EXPECT_TRUE(parsed->reads[0].ends_inside_event);
    EXPECT_EQ(parsed->reads[1].arrival, Moment(1050ms));
    EXPECT_EQ(parsed->reads[1].source, StampSource::user);
    EXPECT_FALSE(parsed->reads[1].ends_inside_event);
    ASSERT_EQ(parsed->tokens.size(), 3U);
    EXPECT_EQ(parsed->tokens[2].read, 1U);
    EXPECT_EQ(parsed->tokens[2].http_chunk, 2U);
    EXPECT_EQ(parsed->tokens[2].bytes, 62U);
    EXPECT_EQ(parsed->tokens[2].tokens, 3U);
    EXPECT_EQ(parsed->tokens[2].kind, TokenKind::refusal);
    ASSERT_EQ(parsed->stamps.size(), 3U);
    EXPECT_EQ(parsed->stamps[1].sent, 3ns);
    EXPECT_EQ(parsed->stamps[1].received, 4ns);
    // The rest of the fields: what is read back writes the same line.
    EXPECT_EQ(write(*parsed), row);
    for (const std::string field :
         {"\"pings\":1", "\"events\":5", "\"input_tokens\":40", "\"pair_id\":\"pair\"",
          "\"retry_after_ns\":2000000000", "\"content_encoding\":\"gzip\"", "\"chunked\":true",
          "\"new_connection\":true", "\"sequence\":12"}) {
        EXPECT_THAT(row, HasSubstr(field));
    }
}

TEST(TimelineRowTest, CountsMomentsFromTheStartOfTheRun) {
    const auto row = timeline_row(TimelineBuilder().intended(3s).sent(3s + 1ms).token(3s + 2ms).build(),
                                  TimelineBuilder::run_start, names, no_secrets);
    const auto parsed = parse(row);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->intended, Moment(3s));
    EXPECT_EQ(parsed->sent, Moment(3s + 1ms));
    EXPECT_EQ(parsed->arrival(0), Moment(3s + 2ms));
}

TEST(TimelineRowTest, LeavesOutWhatNeverCame) {
    StreamTimeline timeline;
    timeline.outcome = Outcome::not_started;
    const auto row = write(timeline);
    EXPECT_THAT(row, Not(HasSubstr("sent_ns")));
    EXPECT_THAT(row, Not(HasSubstr("retry_after")));
    EXPECT_THAT(row, Not(HasSubstr("_tokens")));
    EXPECT_THAT(row, Not(HasSubstr("stamps")));
    const auto parsed = parse(row);
    ASSERT_TRUE(parsed);
    for (const auto& moment : {parsed->connect_start, parsed->resolved, parsed->connected, parsed->tls_done,
                               parsed->sent, parsed->send_done, parsed->headers, parsed->first_byte,
                               parsed->first_event, parsed->terminal, parsed->end}) {
        EXPECT_FALSE(moment);
    }
    EXPECT_FALSE(parsed->input_tokens || parsed->output_tokens || parsed->reasoning_tokens);
    EXPECT_FALSE(parsed->retry_after);
    EXPECT_THAT(parsed->reads, IsEmpty());
}

TEST(TimelineRowTest, KeepsHeadersOfThePathMaskedAndCut) {
    StreamTimeline timeline;
    timeline.response_headers = {{"Via", "1.1 sk-0123456789"},
                                 {"Set-Cookie", "session=1"},
                                 {"X-Api-Key", "other"},
                                 {"Server", std::string(500, 's')}};
    timeline.detail = "bad key sk-0123456789";
    timeline.finish_reason = "sk-0123456789";
    const auto row = timeline_row(timeline, Moment(), names, Masker({"sk-0123456789"}));
    EXPECT_THAT(row, Not(HasSubstr("sk-0123456789")));
    const auto parsed = parse(row);
    ASSERT_TRUE(parsed);
    EXPECT_THAT(parsed->response_headers,
                ElementsAre(Pair("via", "1.1 ***"), Pair("server", std::string(200, 's'))));
    EXPECT_EQ(parsed->detail, "bad key ***");
}

TEST(TimelineRowTest, CutsStreamsThatAreTooLong) {
    TimelineBuilder builder;
    builder.steady_tokens(static_cast<int>(longest_timeline) + 5, 1ms, 1us);
    builder.raw().stamps.resize(longest_timeline + 5, {1ns, 2ns});
    builder.raw().http_chunks.resize(longest_timeline + 5, 10);
    const auto parsed = parse(write(builder.build()));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->reads.size(), longest_timeline);
    EXPECT_EQ(parsed->tokens.size(), longest_timeline);
    EXPECT_EQ(parsed->stamps.size(), longest_timeline);
    EXPECT_EQ(parsed->http_chunks.size(), longest_timeline);
}

TEST(TimelineRowTest, RefusesNumbersThatDoNotFitTogether) {
    const auto row = [](std::string reads, std::string tokens) {
        return R"({"target":"direct","phase":"steady","outcome":"completed","start_ns":0,"reads":)" + reads +
               R"(,"tokens":)" + tokens + "}";
    };
    EXPECT_TRUE(parse(row("[1,0,5,1,0]", "[0,0,5,1,0]")));
    EXPECT_FALSE(parse(row("[1,0,5,1]", "[]")));
    EXPECT_FALSE(parse(row("[1,0,-5,1,0]", "[]")));
    EXPECT_FALSE(parse(row("[1,0,4294967296,1,0]", "[]")));
    EXPECT_FALSE(parse(row("[1,0,5,1,0]", "[1,0,5,1,0]")));
    EXPECT_FALSE(parse(row("[1,0,5,1,0]", "[-1,0,5,1,0]")));
    EXPECT_FALSE(parse(row("[1,0,5,1,0]", "[0,0,5,1,9]")));
    EXPECT_FALSE(parse(row("[1,0,5,1,0]", "[0,0,5,1]")));
    EXPECT_FALSE(parse(row("[1,0,5,1,0]", "[0,4294967295,5,1,0,0,4294967295,5,1,0]")));
    EXPECT_FALSE(parse(row("null", "[]")));
    EXPECT_FALSE(parse("{}"));
}

TEST(IsKeptHeaderTest, KnowsNamesInAnyCase) {
    for (const auto* name : {"Via", "AGE", "x-accel-buffering", "X-Request-ID", "content-type", "Date"})
        EXPECT_TRUE(is_kept_header(name)) << name;
    for (const auto* name : {"Set-Cookie", "Authorization", "X-Api-Key", "", "Viaduct"})
        EXPECT_FALSE(is_kept_header(name)) << name;
}

}  // namespace
}  // namespace streamgauge::report
