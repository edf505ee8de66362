#include "bench/simulator/http_request_reader.h"

#include "tests/bench/simulator/raw_client.h"

#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

using State = HttpRequestReader::State;

TEST(HttpRequestReader, ReadsARequest) {
    HttpRequestReader reader;
    std::string input = post("/v1/messages?beta=true", "{}",
                             "X-Streamgauge-Behaviour: ttft=1s\r\nAuthorization: Bearer k\r\n"
                             "Accept-Encoding: br, gzip;q=0.5\r\n");
    ASSERT_EQ(reader.feed(input), State::complete);
    const auto request = reader.take();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/v1/messages");
    EXPECT_EQ(request.body, "{}");
    EXPECT_EQ(request.behaviour, "ttft=1s");
    EXPECT_EQ(request.authorization, "Bearer k");
    EXPECT_EQ(request.accept_encoding, "br, gzip;q=0.5");
    EXPECT_TRUE(request.keep_alive);
    EXPECT_TRUE(request.http11);
    EXPECT_TRUE(input.empty());
}

TEST(HttpRequestReader, TakesBytesOneByOne) {
    HttpRequestReader reader;
    const std::string whole = post("/x", "0123456789");
    std::string input;
    for (std::size_t position = 0; position + 1 < whole.size(); ++position) {
        input += whole[position];
        ASSERT_EQ(reader.feed(input), State::need_more);
    }
    input += whole.back();
    ASSERT_EQ(reader.feed(input), State::complete);
    EXPECT_EQ(reader.take().body, "0123456789");
}

TEST(HttpRequestReader, LeavesTheNextRequestInTheInput) {
    HttpRequestReader reader;
    const std::string second = "GET /b HTTP/1.0\r\n\r\n";
    std::string input = post("/a", "{}") + second;
    ASSERT_EQ(reader.feed(input), State::complete);
    EXPECT_EQ(reader.take().path, "/a");
    EXPECT_EQ(input, second);
    ASSERT_EQ(reader.feed(input), State::complete);
    const auto request = reader.take();
    EXPECT_EQ(request.path, "/b");
    EXPECT_FALSE(request.http11);
    EXPECT_FALSE(request.keep_alive);
}

TEST(HttpRequestReader, ReadsChunkedBodies) {
    HttpRequestReader reader;
    std::string input =
        "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    ASSERT_EQ(reader.feed(input), State::complete);
    EXPECT_EQ(reader.take().body, "abcde");
}

TEST(HttpRequestReader, ReportsOnceThatTheClientWaits) {
    HttpRequestReader reader;
    std::string input = "POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    EXPECT_EQ(reader.feed(input), State::want_continue);
    EXPECT_EQ(reader.feed(input), State::need_more);
    input = "{}";
    EXPECT_EQ(reader.feed(input), State::complete);
}

unsigned status_of(std::string input) {
    HttpRequestReader reader;
    return reader.feed(input) == State::failed ? reader.error_status() : 0;
}

TEST(HttpRequestReader, RefusesWhatIsTooLargeOrNoHttp) {
    EXPECT_EQ(status_of("POST / HTTP/1.1\r\nX: " + std::string(70'000, 'a')), 431u);
    EXPECT_EQ(status_of("POST / HTTP/1.1\r\nContent-Length: 16777217\r\n\r\n"), 413u);
    EXPECT_EQ(status_of("\x16\x03\x01\x02 hello\r\n\r\n"), 400u);
    EXPECT_EQ(status_of("POST / HTTP/1.1\r\nContent-Length: 16777216\r\n\r\n"), 0u);
}

TEST(AcceptsCoding, FollowsTheWeights) {
    EXPECT_TRUE(accepts_coding("gzip", "gzip"));
    EXPECT_TRUE(accepts_coding("br, GZIP ;q=0.1", "gzip"));
    EXPECT_FALSE(accepts_coding("gzip;q=0, br", "gzip"));
    EXPECT_TRUE(accepts_coding("*", "deflate"));
    EXPECT_FALSE(accepts_coding("*, deflate;q=0.0", "deflate"));
    EXPECT_FALSE(accepts_coding("", "gzip"));
    EXPECT_FALSE(accepts_coding("x-gzip", "gzip"));
}

}  // namespace
}  // namespace streamgauge::simulator
