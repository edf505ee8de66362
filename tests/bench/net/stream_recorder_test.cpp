#include "bench/net/stream_recorder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;
using report::Outcome;
using report::StreamTimeline;

Moment at(nanoseconds when) {
    return Moment{1000s + when};
}

ReadStamp stamp(nanoseconds when) {
    return {at(when), at(when) + 10us, at(when), at(when), report::StampSource::kernel};
}

std::string header(std::string_view fields = "Content-Type: text/event-stream\r\n",
                   std::string_view status = "200 OK") {
    return fmt::format("HTTP/1.1 {}\r\n{}Transfer-Encoding: chunked\r\n\r\n", status, fields);
}

std::string chunk(std::string_view bytes) {
    return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

std::string event(std::string_view json) {
    return fmt::format("data: {}\n\n", json);
}

std::string answer(std::string_view text) {
    return event(fmt::format(
        R"({{"choices":[{{"index":0,"delta":{{"content":"{}"}},"finish_reason":null}}]}})", text));
}

const std::string role = event(R"({"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]})");
const std::string finish = event(R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})");
const std::string usage = event(
    R"({"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":42,"completion_tokens_details":{"reasoning_tokens":3}}})");
const std::string done = event("[DONE]");
const std::string last_chunk = "0\r\n\r\n";

class StreamRecorderTest : public testing::Test {
  protected:
    StreamRecorderTest() { begin("openai-chat"); }

    void begin(std::string_view api) {
        dialect_ = api::make_dialect(api);
        timeline_.clear();
        timeline_.sent = at(0ms);
        recorder_.begin(timeline_, *dialect_);
    }

    std::size_t feed(nanoseconds when, std::string_view bytes) { return recorder_.feed(bytes, stamp(when)); }

    scenarios::Timeouts timeouts_;
    StreamRecorder recorder_{timeouts_};
    std::unique_ptr<api::ApiDialect> dialect_;
    StreamTimeline timeline_;
};

TEST_F(StreamRecorderTest, RecordsEveryMomentOfAStreamThatCompletes) {
    feed(1ms, header());
    feed(2ms, chunk(role));
    feed(200ms, chunk(answer("Hel")));
    feed(220ms, chunk(answer("lo")));
    feed(240ms, chunk(finish));
    feed(241ms, chunk(usage) + chunk(done));
    EXPECT_FALSE(recorder_.over());
    feed(242ms, last_chunk);

    ASSERT_TRUE(recorder_.over());
    EXPECT_TRUE(recorder_.reusable());
    EXPECT_EQ(timeline_.outcome, Outcome::completed) << timeline_.detail;
    EXPECT_EQ(timeline_.headers, at(1ms));
    EXPECT_EQ(timeline_.first_byte, at(2ms));
    EXPECT_EQ(timeline_.first_event, at(2ms));
    ASSERT_EQ(timeline_.tokens.size(), 2U) << "role, finish and usage chunks are no tokens";
    EXPECT_EQ(timeline_.arrival(0), at(200ms));
    EXPECT_EQ(timeline_.arrival(1), at(220ms));
    EXPECT_EQ(timeline_.terminal, at(241ms));
    EXPECT_EQ(timeline_.end, at(242ms));
    EXPECT_EQ(timeline_.output_tokens, 42U);
    EXPECT_EQ(timeline_.reasoning_tokens, 3U);
    EXPECT_EQ(timeline_.finish_reason, "stop");
    EXPECT_EQ(timeline_.events, 6U);
    EXPECT_EQ(timeline_.http_chunks.size(), 6U);
    EXPECT_EQ(timeline_.tokens[1].http_chunk, 2U);
}

TEST_F(StreamRecorderTest, AnEventBelongsToTheReadThatCompletedIt) {
    const std::string bytes = header() + chunk(answer("a")) + chunk(answer("b")) + chunk(done) + last_chunk;
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        begin("openai-chat");
        feed(10ms, std::string_view{bytes}.substr(0, cut));
        feed(20ms, std::string_view{bytes}.substr(cut));
        ASSERT_EQ(timeline_.outcome, Outcome::completed) << "cut at " << cut << ": " << timeline_.detail;
        ASSERT_EQ(timeline_.tokens.size(), 2U) << "cut at " << cut;
        const auto end_of_first = header().size() + chunk(answer("a")).size() - 2;
        EXPECT_EQ(timeline_.arrival(0), at(cut >= end_of_first ? 10ms : 20ms)) << "cut at " << cut;
    }
}

TEST_F(StreamRecorderTest, ReadsCountTheirBytesWithoutTheHeader) {
    feed(10ms, header() + chunk(answer("a")));
    feed(20ms, chunk(answer("b")));
    ASSERT_EQ(timeline_.reads.size(), 2U);
    EXPECT_EQ(timeline_.reads[0].wire_bytes, chunk(answer("a")).size());
    EXPECT_EQ(timeline_.reads[1].wire_bytes, chunk(answer("b")).size());
}

TEST_F(StreamRecorderTest, KnowsWhetherAReadEndedInsideAnEvent) {
    const std::string bytes = answer("a");
    feed(1ms, header());
    feed(2ms, chunk(bytes.substr(0, 30)));
    feed(3ms, chunk(bytes.substr(30)));
    ASSERT_EQ(timeline_.reads.size(), 2U);
    EXPECT_TRUE(timeline_.reads[0].ends_inside_event);
    EXPECT_FALSE(timeline_.reads[1].ends_inside_event);
}

TEST_F(StreamRecorderTest, LeavesWhatFollowsTheResponse) {
    const std::string response = header() + chunk(done) + last_chunk;
    EXPECT_EQ(feed(1ms, response + "HTTP/1.1 200"), response.size());
}

TEST_F(StreamRecorderTest, KeepsServerStampsOnlyWhileEveryTokenHasOne) {
    const auto stamped = event(
        R"({"choices":[{"delta":{"content":"a"}}],"streamgauge":{"sent_ns":5000,"received_ns":4000,"index":0}})");
    feed(1ms, header() + chunk(stamped) + chunk(answer("b")) + chunk(stamped));
    EXPECT_EQ(timeline_.tokens.size(), 3U);
    ASSERT_EQ(timeline_.stamps.size(), 1U);
    EXPECT_EQ(timeline_.stamps[0].sent, 5000ns);
    EXPECT_EQ(timeline_.stamps[0].received, 4000ns);
}

struct EndCase {
    const char* name;
    std::string bytes;
    bool closes;
    boost::system::error_code error;
    Outcome outcome;
    std::string detail;
};

class StreamEnds : public StreamRecorderTest, public testing::WithParamInterface<EndCase> {};

TEST_P(StreamEnds, HasTheRightOutcome) {
    feed(1ms, GetParam().bytes);
    if (GetParam().closes) recorder_.on_closed(GetParam().error, at(2ms));
    ASSERT_TRUE(recorder_.over());
    EXPECT_EQ(to_string(timeline_.outcome), to_string(GetParam().outcome)) << timeline_.detail;
    EXPECT_NE(timeline_.detail.find(GetParam().detail), std::string::npos) << timeline_.detail;
    EXPECT_TRUE(timeline_.end);
}

const auto reset_by_peer = boost::system::errc::make_error_code(boost::system::errc::connection_reset);

INSTANTIATE_TEST_SUITE_P(
    Outcomes, StreamEnds,
    testing::Values(
        EndCase{"end_mark",
                header() + chunk(answer("a")) + chunk(done) + last_chunk,
                false,
                {},
                Outcome::completed,
                ""},
        EndCase{"end_mark_then_close",
                header() + chunk(answer("a")) + chunk(done),
                true,
                {},
                Outcome::completed,
                ""},
        EndCase{"no_end_mark",
                header() + chunk(answer("a")) + last_chunk,
                false,
                {},
                Outcome::truncated,
                "end mark"},
        EndCase{
            "closed_in_mid_stream", header() + chunk(answer("a")), true, {}, Outcome::truncated, "middle"},
        EndCase{"no_body", header() + last_chunk, false, {}, Outcome::truncated, "without a body"},
        EndCase{"reset_in_mid_stream", header() + chunk(answer("a")), true, reset_by_peer, Outcome::reset,
                "broke"},
        EndCase{"closed_before_an_answer", "", true, {}, Outcome::reset, "before it answered"},
        EndCase{"error_event",
                header() + chunk(answer("a")) + chunk(event(R"({"error":{"message":"out of memory"}})")) +
                    last_chunk,
                false,
                {},
                Outcome::error_event,
                "out of memory"},
        EndCase{
            "malformed_event", header() + chunk(event("{\"choices\": [")), false, {}, Outcome::malformed, ""},
        EndCase{"bad_chunk", header() + "zz\r\n", false, {}, Outcome::malformed, ""},
        EndCase{"not_http", "SSH-2.0-OpenSSH_9.2\r\n\r\n", false, {}, Outcome::malformed, ""},
        EndCase{"status_429",
                header("Content-Type: application/json\r\nRetry-After: 7\r\n", "429 Too Many Requests") +
                    chunk(R"({"error":{"message":"slow down"}})") + last_chunk,
                false,
                {},
                Outcome::http_error,
                "HTTP 429: slow down"},
        EndCase{"status_500_without_words",
                header("", "500 Oops") + last_chunk,
                false,
                {},
                Outcome::http_error,
                "HTTP 500"},
        EndCase{"redirect",
                header("Location: https://elsewhere.example/\r\n", "302 Found") + last_chunk,
                false,
                {},
                Outcome::http_error,
                "https://elsewhere.example/"},
        EndCase{"web_page",
                header("Content-Type: text/html\r\n") + chunk("<html>hi</html>") + last_chunk,
                false,
                {},
                Outcome::malformed,
                "text/html"},
        EndCase{"endless_web_page",
                header("Content-Type: text/html\r\n") + chunk(std::string(300'000, 'x')),
                false,
                {},
                Outcome::malformed,
                "text/html"},
        EndCase{"coding_not_asked_for",
                header("Content-Type: text/event-stream\r\nContent-Encoding: x-own\r\n") + chunk("????") +
                    last_chunk,
                false,
                {},
                Outcome::malformed,
                "x-own"},
        EndCase{"corrupt_gzip",
                header("Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\n") +
                    chunk("not gzip at all"),
                false,
                {},
                Outcome::malformed,
                ""},
        EndCase{"not_events",
                header() + chunk("hello there\n\n") + last_chunk,
                false,
                {},
                Outcome::malformed,
                "no event"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST_F(StreamRecorderTest, RateLimitsKeepTheirRetryAfter) {
    feed(1ms, header("Retry-After: 7\r\n", "429 Too Many Requests") + last_chunk);
    EXPECT_EQ(timeline_.http_status, 429);
    EXPECT_EQ(timeline_.retry_after, nanoseconds{7s});
    EXPECT_TRUE(recorder_.reusable()) << "an error status is a whole response";
}

TEST_F(StreamRecorderTest, AnEndlessLineIsCutOff) {
    feed(1ms, header());
    const std::string piece(64 << 10, 'x');
    std::size_t fed = 0;
    feed(2ms, fmt::format("{:x}\r\n", 1UL << 40));
    feed(2ms, "data: ");
    for (; !recorder_.over() && fed < (64U << 20); fed += piece.size())
        feed(3ms, piece);
    EXPECT_EQ(timeline_.outcome, Outcome::malformed);
    EXPECT_LE(fed, 2U << 20);
}

TEST_F(StreamRecorderTest, TimesOutByHowFarItCame) {
    EXPECT_EQ(recorder_.deadline().outcome, Outcome::timeout_first_token);
    feed(1s, header() + chunk(role));
    EXPECT_TRUE(recorder_.take_deadline_change());
    recorder_.on_deadline(at(61s));
    EXPECT_TRUE(recorder_.over());
    EXPECT_EQ(timeline_.outcome, Outcome::timeout_first_token);
    EXPECT_EQ(timeline_.end, at(61s));
    EXPECT_FALSE(recorder_.reusable());
}

TEST_F(StreamRecorderTest, AfterTheEndMarkOnlyTheConnectionIsLost) {
    feed(1s, header() + chunk(answer("a")) + chunk(done));
    EXPECT_EQ(recorder_.deadline().when, at(2s));
    recorder_.on_deadline(at(2s));
    EXPECT_EQ(timeline_.outcome, Outcome::completed);
    EXPECT_FALSE(recorder_.reusable());
}

TEST_F(StreamRecorderTest, PingsAreNoEvents) {
    feed(1s, header() + chunk(": ping\n\n: ping\n\n"));
    EXPECT_EQ(timeline_.events, 0U);
    EXPECT_EQ(timeline_.pings, 2U);
    EXPECT_FALSE(timeline_.first_event);
    EXPECT_EQ(timeline_.first_byte, at(1s));
    EXPECT_EQ(recorder_.deadline().outcome, Outcome::timeout_first_token)
        << "60 s from sent come before 61 s of idle";
}

TEST_F(StreamRecorderTest, ReadsAnthropicMessages) {
    begin("anthropic-messages");
    const auto typed = [](std::string_view type, std::string_view json) {
        return fmt::format("event: {0}\ndata: {1}\n\n", type, json);
    };
    feed(1ms,
         header() +
             chunk(typed(
                 "message_start",
                 R"({"type":"message_start","message":{"usage":{"input_tokens":9,"output_tokens":1}}})")));
    feed(2ms, chunk(typed("ping", R"({"type":"ping"})")));
    feed(3ms, chunk(typed(
                  "content_block_delta",
                  R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}})")));
    feed(4ms,
         chunk(typed(
             "message_delta",
             R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}})")));
    feed(5ms, chunk(typed("message_stop", R"({"type":"message_stop"})")) + last_chunk);
    EXPECT_EQ(timeline_.outcome, Outcome::completed) << timeline_.detail;
    ASSERT_EQ(timeline_.tokens.size(), 1U);
    EXPECT_EQ(timeline_.arrival(0), at(3ms));
    EXPECT_EQ(timeline_.pings, 1U);
    EXPECT_EQ(timeline_.input_tokens, 9U);
    EXPECT_EQ(timeline_.output_tokens, 15U);
}

TEST_F(StreamRecorderTest, CarriesNothingOverToTheNextStream) {
    feed(1ms, header("Content-Type: text/event-stream\r\n") + chunk("data: {\"half"));
    recorder_.end(Outcome::aborted, "stopped", at(2ms));
    begin("openai-chat");
    feed(3ms, header() + chunk(answer("a")) + chunk(done) + last_chunk);
    EXPECT_EQ(timeline_.outcome, Outcome::completed) << timeline_.detail;
    EXPECT_EQ(timeline_.tokens.size(), 1U);
}

}  // namespace
}  // namespace streamgauge::net
