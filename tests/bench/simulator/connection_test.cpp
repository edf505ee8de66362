#include "bench/simulator/connection.h"

#include "bench/simulator/server.h"
#include "tests/bench/simulator/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <memory>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

/// A server whose requests say for themselves how they want to be answered; every test has a connection of
/// its own.
class Connections : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        ServeOptions options;
        options.behaviour.ttft = Distribution::constant(3ms);
        options.behaviour.itl = Distribution::constant(1ms);
        options.behaviour.tokens = 8;
        server_ = std::make_unique<Server>(options);
        server_->start();
    }
    static void TearDownTestSuite() { server_.reset(); }

    Connections() : client_{server_->port()} {}

    /// The response to a request on this test's connection, which stays open.
    RawResponse response(std::string_view options, std::string_view fields = {}) {
        client_.send(chat(options, fields));
        EXPECT_TRUE(client_.read_until("\r\n0\r\n\r\n")) << client_.text();
        return take_apart(client_.text());
    }

    /// All that comes until the server ends the connection.
    std::string until_closed(std::string_view options, std::string_view fields = {}, End end = End::closed) {
        client_.send(chat(options, fields));
        EXPECT_EQ(client_.read_to_end(), end);
        return client_.text();
    }

    /// True when nothing more comes for a while.
    bool silent() {
        const auto size = client_.text().size();
        return client_.read_to_end(60ms) == End::open && client_.text().size() == size;
    }

    static std::unique_ptr<Server> server_;
    RawClient client_;
};

std::unique_ptr<Server> Connections::server_;

TEST_F(Connections, StreamsAChatAnswer) {
    const auto parts = response("");
    EXPECT_EQ(parts.status_line, "HTTP/1.1 200 OK");
    EXPECT_THAT(contents_of(parts.body), SizeIs(8));
    EXPECT_EQ(data_of(parts.body).back(), "[DONE]");
}

TEST_F(Connections, StampsLieBetweenRequestAndArrivalAndNeverBeforeTheyAreDue) {
    const auto before = std::chrono::steady_clock::now();
    response(R"("stamps":true,"tokens":30,"ttft":"10ms","itl":"2ms")");
    std::int64_t last = 0;
    std::int64_t index = 0;
    std::string carried;
    for (const auto& [at, bytes] : client_.arrivals()) {
        carried += bytes;
        for (auto end = carried.find("\n\n"); end != std::string::npos; end = carried.find("\n\n")) {
            const auto event = carried.substr(0, end);
            carried.erase(0, end + 2);
            const auto sent = number_after(event, "sent_ns");
            if (!sent) continue;
            const auto received = *number_after(event, "received_ns");
            EXPECT_GT(received, monotonic_ns(before));
            EXPECT_EQ(number_after(event.substr(event.find("received_ns")), "index"), index);
            EXPECT_GE(*sent, received + 10'000'000 + index * 2'000'000) << "sent before it was due";
            EXPECT_GT(*sent, last);
            EXPECT_LT(*sent, monotonic_ns(at));
            last = *sent;
            ++index;
        }
    }
    EXPECT_EQ(index, 30);
}

TEST_F(Connections, ReceivedStampIsTheArrivalOfTheLastByte) {
    const auto request = chat(R"("stamps":true,"tokens":1)");
    client_.send(request.substr(0, request.size() - 1));
    EXPECT_TRUE(silent());
    const auto before = monotonic_ns(std::chrono::steady_clock::now());
    client_.send(request.substr(request.size() - 1));
    ASSERT_TRUE(client_.read_until("0\r\n\r\n"));
    EXPECT_GE(*number_after(client_.text(), "received_ns"), before - 50'000);
}

TEST_F(Connections, SameSeedAndNumberGiveTheSameBytes) {
    const auto text = [this] {
        client_.clear();
        const auto body =
            response(R"o("seed":9,"request_number":4,"itl":"exponential(1ms)","reasoning":2)o").body;
        std::string all;
        for (const auto& data : data_of(body)) {
            const auto created = data.find("\"created\":");
            all += created == std::string::npos ? data : data.substr(0, created) + data.substr(created + 20);
        }
        return all;
    };
    const auto first = text();
    EXPECT_EQ(first, text());
}

TEST_F(Connections, ServesOneRequestAfterTheOther) {
    for (int request = 0; request < 3; ++request) {
        client_.clear();
        EXPECT_THAT(contents_of(response("").body), SizeIs(8));
    }
}

TEST_F(Connections, ServesPipelinedRequestsInOrder) {
    client_.send(chat(R"("request_number":1,"tokens":2)") +
                 chat(R"("request_number":2,"fault":"not_found")") +
                 "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client_.read_to_end(), End::closed);
    const auto& text = client_.text();
    const auto stream = text.find("[DONE]");
    const auto not_found = text.find("404 Not Found");
    const auto health = text.find(R"({"status":"ok"})");
    EXPECT_LT(stream, not_found);
    EXPECT_LT(not_found, health);
    EXPECT_NE(health, std::string::npos);
}

TEST_F(Connections, TakesARequestInSingleBytes) {
    client_.send_in_bytes(chat(R"("tokens":1)"));
    EXPECT_TRUE(client_.read_until("[DONE]"));
}

TEST_F(Connections, TellsAWaitingClientToContinue) {
    client_.send("POST /v1/completions HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    ASSERT_TRUE(client_.read_until("\r\n\r\n"));
    EXPECT_EQ(client_.text(), "HTTP/1.1 100 Continue\r\n\r\n");
    client_.send("{}");
    EXPECT_TRUE(client_.read_until("text_completion"));
}

TEST_F(Connections, RefusesWhatIsNotHttpAndCloses) {
    client_.send("hello there\r\n\r\n");
    EXPECT_EQ(client_.read_to_end(), End::closed);
    EXPECT_THAT(client_.text(), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
}

TEST_F(Connections, ClosesWhenAsked) {
    EXPECT_THAT(until_closed("", "Connection: close\r\n"), HasSubstr("[DONE]"));
    EXPECT_EQ(take_apart(client_.text()).field("Connection"), "close");
}

TEST_F(Connections, CloseFramingEndsWithTheConnection) {
    const auto parts = take_apart(until_closed(R"("framing":"close")"));
    EXPECT_EQ(parts.field("Transfer-Encoding"), "");
    EXPECT_TRUE(parts.body.ends_with("data: [DONE]\n\n"));
}

TEST_F(Connections, LengthFramingComesWholeAndCounts) {
    client_.send(chat(R"("framing":"length")"));
    ASSERT_TRUE(client_.read_until("[DONE]\n\n"));
    const auto parts = take_apart(client_.text());
    EXPECT_EQ(parts.field("Content-Length"), std::to_string(parts.body.size()));
}

TEST_F(Connections, Http10Answers) {
    EXPECT_THAT(until_closed(R"("http10":true)"), StartsWith("HTTP/1.0 200 OK\r\n"));
    EXPECT_THAT(client_.text(), Not(HasSubstr("chunked")));
}

TEST_F(Connections, LineEndsSpacesAndMarksAreAsAskedFor) {
    EXPECT_THAT(response(R"("line_end":"crlf")").body, HasSubstr("}\r\n\r\ndata: "));
    client_.clear();
    EXPECT_THAT(response(R"("line_end":"cr")").body, HasSubstr("}\r\rdata: "));
    client_.clear();
    EXPECT_THAT(response(R"("space_after_colon":false,"bom":true)").body, StartsWith("\xEF\xBB\xBF"
                                                                                     "data:{"));
}

TEST_F(Connections, BlocksGoOutWhenTheyAreFull) {
    const auto parts = response(R"("buffering":"block:1000","tokens":40)");
    ASSERT_GE(parts.chunks.size(), 5u);
    for (std::size_t chunk = 0; chunk + 1 < parts.chunks.size(); ++chunk)
        EXPECT_THAT(parts.chunks[chunk], SizeIs(1000));
    EXPECT_THAT(contents_of(parts.body), SizeIs(40));
}

TEST_F(Connections, BlocksOfTheWireCutThroughChunks) {
    const std::string options = R"("buffering":"block:1000","buffering_layer":"wire","tokens":40)";
    client_.send(chat(options + R"(,"fault":"stall","at":30)"));
    ASSERT_TRUE(client_.read_until("\r\n\r\n"));
    client_.read_to_end(60ms);
    const auto body = client_.text().size() - client_.text().find("\r\n\r\n") - 4;
    EXPECT_GE(body, 1000u);
    EXPECT_EQ(body % 1000, 0u);
    RawClient other{server_->port()};
    other.send(chat(options));
    ASSERT_TRUE(other.read_until("\r\n0\r\n\r\n"));
    EXPECT_THAT(take_apart(other.text()).chunks, SizeIs(Ge(40u)));
}

TEST_F(Connections, FullBufferingBringsEverythingAtTheEnd) {
    const auto start = std::chrono::steady_clock::now();
    client_.send(chat(R"("buffering":"full","itl":"10ms")"));
    ASSERT_TRUE(client_.read_until("\r\n0\r\n\r\n"));
    EXPECT_GE(client_.arrivals().front().at - start, 60ms);
    EXPECT_THAT(take_apart(client_.text()).chunks, SizeIs(1));
}

TEST_F(Connections, GzipCanBeReadEventByEvent) {
    const auto parts = response(R"("encoding":"gzip","itl":"3ms")", "Accept-Encoding: gzip\r\n");
    EXPECT_EQ(parts.field("Content-Encoding"), "gzip");
    std::string coded;
    std::size_t events = 0;
    for (const auto& chunk : parts.chunks) {
        coded += chunk;
        const auto plain = inflate_all(coded, true);
        ASSERT_TRUE(plain);
        const auto now = data_of(*plain).size();
        EXPECT_TRUE(plain->ends_with("\n\n"));
        EXPECT_LE(now, events + 1) << "one event a chunk";
        events = now;
    }
    EXPECT_EQ(data_of(*inflate_all(parts.body)).back(), "[DONE]");
}

TEST_F(Connections, HeldCompressionGivesTenBytesFirst) {
    const auto parts = response(R"("encoding":"gzip","compress_held":true)", "Accept-Encoding: gzip\r\n");
    EXPECT_THAT(parts.chunks[0], SizeIs(10));
    EXPECT_THAT(parts.chunks, SizeIs(2));
    EXPECT_THAT(contents_of(*inflate_all(parts.body)), SizeIs(8));
}

TEST_F(Connections, TimerBufferingComesAtItsTicks) {
    client_.send(chat(R"("buffering":"timer:60ms","ttft":"0","itl":"10ms","tokens":16)"));
    ASSERT_TRUE(client_.read_until("\r\n0\r\n\r\n"));
    const auto chunks = take_apart(client_.text()).chunks;
    EXPECT_THAT(chunks, SizeIs(3)) << "16 events in 150 ms: two ticks and the rest";
    const auto& arrivals = client_.arrivals();
    ASSERT_GE(arrivals.size(), 2u);
    EXPECT_GE(arrivals[1].at - arrivals[0].at, 40ms);
}

TEST_F(Connections, TokenWindowsAreChunks) {
    const auto parts = response(R"("buffering":"tokens:3","tokens":8,"itl":"1ms","role_first":"off")");
    ASSERT_THAT(parts.chunks, SizeIs(3));
    EXPECT_THAT(contents_of(parts.chunks[0]), SizeIs(3));
    EXPECT_THAT(contents_of(parts.chunks[1]), SizeIs(3));
    EXPECT_THAT(contents_of(parts.chunks[2]), SizeIs(2));
}

TEST_F(Connections, BrotliAndZstdComeFlushedOrHeld) {
    for (const std::string coding : {"br", "zstd"}) {
        const auto options = R"("itl":"3ms","encoding":")" + coding + '"';
        const auto field = "Accept-Encoding: gzip, " + coding + "\r\n";
        RawClient client{server_->port()};
        client.send(chat(options, field));
        ASSERT_TRUE(client.read_until("\r\n0\r\n\r\n"));
        const auto flushed = take_apart(client.text());
        EXPECT_EQ(flushed.field("Content-Encoding"), coding);
        EXPECT_THAT(flushed.chunks, SizeIs(Ge(8u)));
        EXPECT_THAT(contents_of(*decode_all(coding, flushed.body)), SizeIs(8));
        RawClient other{server_->port()};
        other.send(chat(options + R"(,"compress_held":true)", field));
        ASSERT_TRUE(other.read_until("\r\n0\r\n\r\n"));
        const auto held = take_apart(other.text());
        EXPECT_THAT(held.chunks, SizeIs(1));
        EXPECT_THAT(contents_of(*decode_all(coding, held.body)), SizeIs(8));
    }
}

TEST_F(Connections, CodingThatIsNotAcceptedIsNotUsed) {
    const auto parts = response(R"("encoding":"br")", "Accept-Encoding: gzip, zstd\r\n");
    EXPECT_EQ(parts.field("Content-Encoding"), "");
    EXPECT_THAT(contents_of(parts.body), SizeIs(8));
}

TEST_F(Connections, DeflateIsZlib) {
    const auto parts = response(R"("encoding":"deflate")", "Accept-Encoding: deflate\r\n");
    EXPECT_EQ(parts.field("Content-Encoding"), "deflate");
    EXPECT_THAT(contents_of(*inflate_all(parts.body)), SizeIs(8));
}

TEST_F(Connections, PingsFillTheWait) {
    const auto parts = response(R"("ttft":"100ms","ping":"20ms")");
    EXPECT_THAT(parts.body, HasSubstr(": ping\n\n"));
    EXPECT_LT(parts.body.find(": ping"), parts.body.find(R"("content":" )"));
}

TEST_F(Connections, ResetIsAnRstAfterTheEvents) {
    const auto text = until_closed(R"("fault":"reset","at":3,"itl":"5ms")", {}, End::reset);
    EXPECT_THAT(contents_of(take_apart(text).body), SizeIs(3));
}

TEST_F(Connections, TruncationIsACleanEndWithoutAMark) {
    const auto parts = response(R"("fault":"truncate","at":3)");
    EXPECT_THAT(contents_of(parts.body), SizeIs(3));
    EXPECT_TRUE(parts.has_last_chunk);
    EXPECT_THAT(parts.body, Not(HasSubstr("[DONE]")));
}

TEST_F(Connections, StallKeepsTheConnection) {
    client_.send(chat(R"("fault":"stall","at":2,"stamps":true)"));
    ASSERT_TRUE(client_.read_until(R"("index":1}})"));
    EXPECT_TRUE(silent());
    EXPECT_THAT(contents_of(take_apart(client_.text()).body), SizeIs(2));
}

TEST_F(Connections, NeverAnswerSaysNothing) {
    client_.send(chat(R"("fault":"never_answer")"));
    EXPECT_TRUE(silent());
    EXPECT_THAT(client_.text(), IsEmpty());
}

TEST_F(Connections, HeadersOnlySaysNothingMore) {
    client_.send(chat(R"("fault":"headers_only")"));
    ASSERT_TRUE(client_.read_until("\r\n\r\n"));
    EXPECT_TRUE(silent());
    EXPECT_TRUE(client_.text().ends_with("\r\n\r\n"));
}

TEST_F(Connections, DribbleIsOneByteAWrite) {
    const auto events = server_->statistics().events;
    const auto parts = response(R"("fault":"dribble","tokens":3)");
    EXPECT_THAT(contents_of(parts.body), SizeIs(3));
    EXPECT_EQ(server_->statistics().events, events + 3);
    // The kernel may put neighbouring bytes into one segment, but not hundreds.
    EXPECT_GE(client_.segments(), 20u);
}

TEST_F(Connections, CharactersAreCutOverWrites) {
    const auto parts = response(R"("fault":"split_utf8","tokens":30,"itl":"6ms")");
    EXPECT_THAT(contents_of(parts.body), SizeIs(30));
    const auto inside = std::count_if(
        client_.arrivals().begin(), client_.arrivals().end(),
        [](const auto& arrival) { return static_cast<unsigned char>(arrival.bytes.back()) >= 0xC0; });
    EXPECT_GE(inside, 1);
}

TEST_F(Connections, EndlessAnswersGoOnForAsLongAsTheyAreRead) {
    client_.send(chat(R"("fault":"endless_line")"));
    EXPECT_TRUE(client_.read_bytes(4u << 20));
    RawClient other{server_->port()};
    other.send(chat(R"("fault":"endless_header")"));
    EXPECT_TRUE(other.read_bytes(4u << 20));
    EXPECT_EQ(other.text().find("\r\n\r\n"), std::string::npos);
}

TEST_F(Connections, BadChunkComesAfterGoodOnes) {
    const auto text = until_closed(R"("fault":"bad_chunk","at":4)");
    EXPECT_THAT(contents_of(take_apart(text).body), SizeIs(4));
    EXPECT_THAT(text, HasSubstr("\r\nno-hex\r\n"));
}

TEST_F(Connections, GarbageIsNotHttp) {
    EXPECT_THAT(until_closed(R"("fault":"garbage")"), StartsWith("\x16\x03\x01"));
}

TEST_F(Connections, CorruptGzipCannotBeRead) {
    const auto parts = response(R"("fault":"corrupt_gzip","at":3)");
    EXPECT_EQ(parts.field("Content-Encoding"), "gzip");
    EXPECT_EQ(inflate_all(parts.body), std::nullopt);
}

struct StatusCase {
    const char* fault;
    const char* status_line;
};
class Statuses : public Connections, public testing::WithParamInterface<StatusCase> {};
INSTANTIATE_TEST_SUITE_P(All, Statuses,
                         testing::Values(StatusCase{"rate_limit", "HTTP/1.1 429 Too Many Requests"},
                                         StatusCase{"server_error", "HTTP/1.1 500 Internal Server Error"},
                                         StatusCase{"overloaded", "HTTP/1.1 503 Service Unavailable"},
                                         StatusCase{"not_found", "HTTP/1.1 404 Not Found"},
                                         StatusCase{"redirect", "HTTP/1.1 302 Found"},
                                         StatusCase{"empty", "HTTP/1.1 200 OK"},
                                         StatusCase{"html", "HTTP/1.1 200 OK"},
                                         StatusCase{"echo_authorization", "HTTP/1.1 401 Unauthorized"}));

TEST_P(Statuses, AnswersAtOnceAndWhole) {
    const std::string options = std::string{R"("ttft":"10s","fault":")"} + GetParam().fault + '"';
    const auto parts =
        take_apart(until_closed(options, "Connection: close\r\nAuthorization: Bearer k-1\r\n"));
    EXPECT_EQ(parts.status_line, GetParam().status_line);
    EXPECT_EQ(parts.field("Content-Length"), std::to_string(parts.body.size()));
    EXPECT_EQ(parts.body.find("Bearer k-1") != std::string::npos,
              GetParam().fault == std::string{"echo_authorization"});
}

struct StreamCase {
    const char* fault;
    std::size_t tokens;
    bool end_mark;
};
class StreamFaults : public Connections, public testing::WithParamInterface<StreamCase> {};
INSTANTIATE_TEST_SUITE_P(All, StreamFaults,
                         testing::Values(StreamCase{"no_end_mark", 8, false},
                                         StreamCase{"error_event", 4, false},
                                         StreamCase{"malformed_json", 7, true}, StreamCase{"none", 8, true}));

TEST_P(StreamFaults, AreCleanHttpWithWrongContent) {
    const auto parts = response(std::string{R"("at":4,"fault":")"} + GetParam().fault + '"');
    EXPECT_TRUE(parts.has_last_chunk);
    const auto data = data_of(parts.body);
    const auto whole = std::count_if(data.begin(), data.end(), [](const auto& event) {
        return event.ends_with('}') && event.find("\"content\":\" ") != std::string::npos;
    });
    EXPECT_EQ(static_cast<std::size_t>(whole), GetParam().tokens);
    EXPECT_EQ(data.back() == "[DONE]", GetParam().end_mark);
}

TEST_F(Connections, AClientThatDoesNotReadHoldsItsStreamAndLosesNothing) {
    client_.send(chat(R"("itl":"0ms","ttft":"0ms","tokens":600,"event_size":"32KiB","stamps":true)"));
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    const auto before = server_->statistics().events;
    auto events = before;
    do {
        events = server_->statistics().events;
        ::usleep(20'000);
    } while (server_->statistics().events != events && std::chrono::steady_clock::now() < deadline);
    EXPECT_LT(events - before, 600u) << "20 MB fit into no socket buffer";
    const auto resumed = monotonic_ns(std::chrono::steady_clock::now());
    ASSERT_TRUE(client_.read_until("\r\n0\r\n\r\n", 20s));
    const auto parts = take_apart(client_.text());
    EXPECT_THAT(contents_of(parts.body), SizeIs(600));
    const auto data = data_of(parts.body);
    EXPECT_GT(*number_after(data[data.size() - 3], "sent_ns"), resumed)
        << "stamped before it could be written";
    EXPECT_GT(server_->statistics().held_by_client, 0u);
}

TEST_F(Connections, AClientThatLeavesEndsItsStream) {
    const auto cancelled = server_->statistics().cancelled;
    {
        RawClient leaving{server_->port()};
        leaving.send(chat(R"("tokens":100000)"));
        ASSERT_TRUE(leaving.read_until("content"));
    }
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    while (server_->statistics().cancelled == cancelled && std::chrono::steady_clock::now() < deadline)
        ::usleep(1000);
    EXPECT_EQ(server_->statistics().cancelled, cancelled + 1);
}

}  // namespace
}  // namespace streamgauge::simulator
