#include "bench/simulator/stream_answer.h"

#include "tests/bench/simulator/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr Instant received_at{std::chrono::seconds{1000}};

ServedRequest request(std::uint64_t tokens) {
    ServedRequest request;
    request.received = received_at;
    request.behaviour.tokens = tokens;
    request.completion.stream = true;
    return request;
}

/// What happens when an answer is asked at the very times it names.
struct Run {
    std::vector<std::chrono::nanoseconds> times;  ///< of each step, since the request
    std::vector<std::string> writes;              ///< each step's bytes
    std::string all;
    int tokens = 0;
    Ending ending = Ending::none;
};

Run play(const ServedRequest& served, const HttpFacts& http = {}, std::chrono::nanoseconds limit = 10s) {
    StreamAnswer answer{served, http};
    Run run;
    while (run.ending == Ending::none && answer.next_due() - received_at < limit) {
        const Instant due = answer.next_due();
        WriteBatch batch;
        const AnswerStep step = answer.advance(due, batch);
        EXPECT_EQ(step.due, due);
        run.times.push_back(due - received_at);
        run.writes.push_back(batch.bytes);
        run.all += batch.bytes;
        run.tokens += step.token ? 1 : 0;
        run.ending = step.ending;
    }
    return run;
}

TEST(StreamAnswer, HeaderTellsAHitFromAMiss) {
    auto served = request(1);
    served.behaviour.cache_hits = 1.0;
    served.behaviour.hit_ttft = Distribution::constant(3ms);
    const auto hit = play(served);
    EXPECT_THAT(hit.writes[0], HasSubstr("X-Cache: HIT"));
    EXPECT_EQ(hit.times[1], 3ms);
    served.behaviour.cache_hits = 0.0;
    const auto miss = play(served);
    EXPECT_THAT(miss.writes[0], HasSubstr("X-Cache: MISS"));
    EXPECT_EQ(miss.times[1], 200ms);
}

TEST(StreamAnswer, HeaderAndRoleAreOneWriteAtOnce) {
    const auto run = play(request(2));
    EXPECT_THAT(run.times, ElementsAre(0ms, 200ms, 220ms, 220ms, 220ms));
    EXPECT_THAT(run.writes[0], HasSubstr("HTTP/1.1 200 OK"));
    EXPECT_THAT(run.writes[0], HasSubstr(R"("role":"assistant")"));
    EXPECT_THAT(run.writes[1], Not(HasSubstr("role")));
    EXPECT_EQ(run.tokens, 2);
    EXPECT_EQ(run.ending, Ending::keep_alive);
    EXPECT_TRUE(take_apart(run.all).has_last_chunk);
    EXPECT_EQ(data_of(take_apart(run.all).body).back(), "[DONE]");
}

TEST(StreamAnswer, Http10ClientsGetNoChunksAndAClose) {
    HttpFacts http;
    http.http11 = false;
    http.keep_alive = true;
    const auto run = play(request(1), http);
    EXPECT_THAT(run.all, Not(HasSubstr("chunked")));
    EXPECT_EQ(run.ending, Ending::close);
}

TEST(StreamAnswer, PingsComeBetweenEvents) {
    auto served = request(2);
    served.behaviour.ping = 50ms;
    const auto run = play(served);
    EXPECT_THAT(run.times, ElementsAre(0ms, 50ms, 100ms, 150ms, 200ms, 200ms, 220ms, 220ms, 220ms));
    EXPECT_THAT(run.writes[1], HasSubstr(": ping\n\n"));
    served.completion.api = Api::messages;
    EXPECT_THAT(play(served).writes[1], HasSubstr("event: ping\ndata: {\"type\":\"ping\"}\n\n"));
}

TEST(StreamAnswer, ByteOrderMarkComesFirst) {
    auto served = request(1);
    served.behaviour.bom = true;
    EXPECT_TRUE(take_apart(play(served).all)
                    .body.starts_with("\xEF\xBB\xBF"
                                      "data: "));
}

TEST(StreamAnswer, ResetComesInPlaceOfItsEvent) {
    auto served = request(10);
    served.behaviour.fault = Fault::reset;
    served.behaviour.at = 3;
    const auto run = play(served);
    EXPECT_EQ(run.tokens, 3);
    EXPECT_EQ(run.ending, Ending::reset);
    EXPECT_EQ(run.times.back(), 260ms);
}

TEST(StreamAnswer, TruncationIsCleanHttp) {
    auto served = request(10);
    served.behaviour.fault = Fault::truncate;
    served.behaviour.at = 3;
    const auto run = play(served);
    EXPECT_EQ(run.tokens, 3);
    EXPECT_EQ(run.ending, Ending::keep_alive);
    EXPECT_TRUE(take_apart(run.all).has_last_chunk);
    EXPECT_THAT(run.all, Not(HasSubstr("[DONE]")));
}

TEST(StreamAnswer, FaultPastTheLastTokenStrikesBeforeTheFinish) {
    auto served = request(2);
    served.behaviour.fault = Fault::truncate;
    served.behaviour.at = 50;
    const auto run = play(served);
    EXPECT_EQ(run.tokens, 2);
    EXPECT_THAT(run.all, Not(HasSubstr("finish_reason\":\"stop")));
}

TEST(StreamAnswer, NoEndMarkLeavesOnlyThatOut) {
    auto served = request(2);
    served.behaviour.fault = Fault::no_end_mark;
    const auto run = play(served);
    EXPECT_THAT(run.all, HasSubstr(R"("finish_reason":"stop")"));
    EXPECT_THAT(run.all, Not(HasSubstr("[DONE]")));
    EXPECT_TRUE(take_apart(run.all).has_last_chunk);
}

TEST(StreamAnswer, ErrorEventEndsTheStream) {
    auto served = request(10);
    served.behaviour.fault = Fault::error_event;
    served.behaviour.at = 2;
    const auto run = play(served);
    EXPECT_EQ(run.tokens, 2);
    EXPECT_THAT(data_of(take_apart(run.all).body).back(), HasSubstr(R"({"error":{"message")"));
}

TEST(StreamAnswer, StallIsSilentButForPings) {
    auto served = request(10);
    served.behaviour.fault = Fault::stall;
    served.behaviour.at = 1;
    auto run = play(served);
    EXPECT_EQ(run.tokens, 1);
    EXPECT_EQ(run.ending, Ending::none);
    EXPECT_EQ(run.times.back(), 220ms);
    served.behaviour.ping = 1s;
    run = play(served);
    EXPECT_EQ(run.times.back(), 9s);
}

TEST(StreamAnswer, OneMalformedEventAmongGoodOnes) {
    auto served = request(5);
    served.behaviour.fault = Fault::malformed_json;
    served.behaviour.at = 2;
    const auto run = play(served);
    EXPECT_EQ(run.tokens, 4);
    const auto data = data_of(take_apart(run.all).body);
    EXPECT_EQ(std::count_if(data.begin(), data.end(),
                            [](const auto& line) { return !line.ends_with('}') && line != "[DONE]"; }),
              1);
    EXPECT_FALSE(data[3].ends_with('}'));
}

TEST(StreamAnswer, WritesEndInsideACharacterAndTheRestFollows) {
    auto served = request(3);
    served.behaviour.fault = Fault::split_utf8;
    const auto run = play(served);
    int cut = 0;
    for (const auto& write : run.writes) {
        if (static_cast<unsigned char>(write.back()) >= 0xC0) ++cut;
    }
    EXPECT_EQ(cut, 3);
    EXPECT_EQ(run.times[2] - run.times[1], 1ms);
    EXPECT_EQ(contents_of(take_apart(run.all).body).size(), 3u);
    EXPECT_EQ(run.ending, Ending::keep_alive);
}

TEST(StreamAnswer, BadChunkIsNotHexadecimal) {
    auto served = request(5);
    served.behaviour.fault = Fault::bad_chunk;
    served.behaviour.at = 2;
    const auto run = play(served);
    EXPECT_EQ(run.ending, Ending::close);
    EXPECT_THAT(run.writes.back(), testing::StartsWith("no-hex\r\n"));
    EXPECT_EQ(contents_of(take_apart(run.all).body).size(), 2u);
}

TEST(StreamAnswer, TimerTicksBetweenTheEvents) {
    auto served = request(8);
    served.behaviour.buffering = Buffering::timer;
    served.behaviour.flush_period = 50ms;
    served.behaviour.role_first = Switch::off;
    const auto run = play(served);
    std::vector<std::chrono::nanoseconds> written;
    for (std::size_t i = 0; i < run.times.size(); ++i)
        if (!run.writes[i].empty()) written.push_back(run.times[i]);
    // Tokens from 200 ms on, every 20 ms: ticks at 250 and 300, the end at 340.
    EXPECT_THAT(written, ElementsAre(250ms, 300ms, 340ms));
    EXPECT_EQ(run.tokens, 8);
    EXPECT_EQ(run.ending, Ending::keep_alive);
}

TEST(StreamAnswer, TimerGoesOnThroughASilence) {
    auto served = request(8);
    served.behaviour.buffering = Buffering::timer;
    served.behaviour.flush_period = 500ms;
    served.behaviour.role_first = Switch::off;
    served.behaviour.fault = Fault::stall;
    served.behaviour.at = 3;
    const auto run = play(served);
    EXPECT_EQ(run.times.back(), 700ms);
    EXPECT_THAT(run.writes.back(), HasSubstr("data: "));
    EXPECT_EQ(run.ending, Ending::none);
}

TEST(StreamAnswer, CorruptGzipIsGoodUpToItsEvent) {
    auto served = request(5);
    served.behaviour.fault = Fault::corrupt_gzip;
    served.behaviour.at = 2;
    const auto run = play(served);
    const auto parts = take_apart(run.all);
    EXPECT_EQ(parts.field("Content-Encoding"), "gzip");
    EXPECT_EQ(inflate_all(parts.body), std::nullopt);
    const auto good = inflate_all(parts.chunks[0] + parts.chunks[1] + parts.chunks[2], true);
    ASSERT_TRUE(good);
    EXPECT_EQ(contents_of(*good).size(), 2u);
}

TEST(StreamAnswer, EncodingNeedsTheClientsConsent) {
    auto served = request(2);
    served.behaviour.encoding = Encoding::gzip;
    EXPECT_THAT(play(served).all, Not(HasSubstr("Content-Encoding")));
    HttpFacts http;
    http.accept_encoding = "gzip";
    EXPECT_THAT(play(served, http).all, HasSubstr("Content-Encoding: gzip"));
    served.behaviour.encoding = Encoding::deflate;
    EXPECT_THAT(play(served, http).all, Not(HasSubstr("Content-Encoding")));
}

TEST(StreamAnswer, DribbleIsByteByByte) {
    auto served = request(1);
    EXPECT_FALSE((StreamAnswer{served, {}}.byte_by_byte()));
    served.behaviour.fault = Fault::dribble;
    EXPECT_TRUE((StreamAnswer{served, {}}.byte_by_byte()));
}

}  // namespace
}  // namespace streamgauge::simulator
