#include "bench/simulator/router.h"

#include "tests/bench/simulator/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Instant received_at{std::chrono::seconds{1000}};

class Routes : public testing::Test {
  protected:
    Routes() {
        state_.statistics = [] { return std::string{R"({"events":42})"}; };
        state_.reset_statistics = [this] { ++resets_; };
    }

    std::string answer(const HttpRequest& request) {
        const auto answer = route(request, state_, received_at, 1'700'000'000, "today");
        WriteBatch batch;
        while (answer->next_due() != never) {
            const auto step = answer->advance(answer->next_due(), batch);
            if (step.ending != Ending::none) break;
        }
        return batch.bytes;
    }

    static HttpRequest post_of(std::string path, std::string body) {
        HttpRequest request;
        request.method = "POST";
        request.path = std::move(path);
        request.body = std::move(body);
        return request;
    }

    static HttpRequest get_of(std::string path) {
        HttpRequest request;
        request.method = "GET";
        request.path = std::move(path);
        return request;
    }

    ServerState state_;
    int resets_ = 0;
};

TEST_F(Routes, EachApiAnswersInItsShape) {
    const std::string body = R"({"stream":true,"max_tokens":2})";
    EXPECT_THAT(answer(post_of("/v1/chat/completions", body)), HasSubstr("chat.completion.chunk"));
    EXPECT_THAT(answer(post_of("/v1/completions", body)), HasSubstr("text_completion"));
    EXPECT_THAT(answer(post_of("/v1/messages", body)), HasSubstr("event: message_stop"));
}

TEST_F(Routes, HealthAndStatistics) {
    EXPECT_EQ(take_apart(answer(get_of("/health"))).body, R"({"status":"ok"})");
    EXPECT_EQ(take_apart(answer(get_of("/stats"))).body, R"({"events":42})");
    EXPECT_EQ(take_apart(answer(post_of("/stats/reset", ""))).body, "{}");
    EXPECT_EQ(resets_, 1);
}

TEST_F(Routes, ElsewhereIsA404WithAJsonError) {
    const auto parts = take_apart(answer(get_of("/v1/embeddings")));
    EXPECT_EQ(parts.status_line, "HTTP/1.1 404 Not Found");
    EXPECT_THAT(parts.body, HasSubstr(R"({"error":{"message":"No such endpoint: GET /v1/embeddings")"));
}

TEST_F(Routes, AnApiWantsPost) {
    EXPECT_EQ(take_apart(answer(get_of("/v1/messages"))).status_line, "HTTP/1.1 405 Method Not Allowed");
}

TEST_F(Routes, OptionsOfBodyWinOverHeaderWinOverServer) {
    state_.defaults.tokens = 1;
    auto request = post_of("/v1/chat/completions", "{}");
    const auto tokens = [&] { return number_after(answer(request), "completion_tokens"); };
    EXPECT_EQ(tokens(), 1);
    request.behaviour = "tokens=2";
    EXPECT_EQ(tokens(), 2);
    request.body = R"({"streamgauge":{"tokens":3}})";
    EXPECT_EQ(tokens(), 3);
}

TEST_F(Routes, BadOptionsAreA400ThatNamesThem) {
    auto request = post_of("/v1/chat/completions", "{}");
    request.behaviour = "tokens=many";
    const auto parts = take_apart(answer(request));
    EXPECT_EQ(parts.status_line, "HTTP/1.1 400 Bad Request");
    EXPECT_THAT(parts.body, HasSubstr("tokens: "));
    EXPECT_EQ(take_apart(answer(post_of("/v1/messages", "no"))).status_line, "HTTP/1.1 400 Bad Request");
    EXPECT_EQ(state_.next_number.load(), 0u);
}

TEST_F(Routes, RequestsAreNumbered) {
    answer(post_of("/v1/completions", "{}"));
    EXPECT_THAT(answer(post_of("/v1/completions", "{}")), HasSubstr("cmpl-0000000000000001"));
    EXPECT_THAT(answer(post_of("/v1/completions", R"({"streamgauge":{"request_number":255}})")),
                HasSubstr("cmpl-00000000000000ff"));
}

TEST_F(Routes, FaultRateIsAShareOfRequestsAndTheSameEachTime) {
    const auto struck = [this] {
        state_.next_number = 0;
        std::string pattern;
        for (int request = 0; request < 400; ++request) {
            const auto text = answer(
                post_of("/v1/completions", R"({"streamgauge":{"fault":"server_error","fault_rate":0.25}})"));
            pattern += text.starts_with("HTTP/1.1 500") ? 'x' : '.';
        }
        return pattern;
    };
    const auto first = struck();
    EXPECT_NEAR(static_cast<double>(std::count(first.begin(), first.end(), 'x')), 100.0, 30.0);
    EXPECT_EQ(first, struck());
}

TEST_F(Routes, RefusalsCloseTheConnection) {
    const auto answer = refuse(431, "too large", received_at, "today");
    WriteBatch batch;
    EXPECT_EQ(answer->advance(received_at, batch).ending, Ending::close);
    EXPECT_EQ(take_apart(batch.bytes).field("Connection"), "close");
}

}  // namespace
}  // namespace streamgauge::simulator
