#include "bench/simulator/answer.h"

#include "tests/bench/simulator/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr Instant received_at{std::chrono::seconds{1000}};

ServedRequest request(Fault fault) {
    ServedRequest request;
    request.received = received_at;
    request.behaviour.fault = fault;
    request.completion.stream = true;
    return request;
}

struct First {
    std::string bytes;
    AnswerStep step;
    bool more;
};

First first_step(const ServedRequest& served, const HttpFacts& http = {}) {
    const auto answer = make_answer(served, http);
    WriteBatch batch;
    const AnswerStep step = answer->advance(answer->next_due(), batch);
    return {batch.bytes, step, answer->next_due() != never};
}

struct Case {
    Fault fault;
    const char* status_line;
    const char* contains;
};

class WholeFaults : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(
    All, WholeFaults,
    testing::Values(Case{Fault::rate_limit, "HTTP/1.1 429 Too Many Requests", "Retry-After: 1\r\n"},
                    Case{Fault::server_error, "HTTP/1.1 500 Internal Server Error", R"({"error":{)"},
                    Case{Fault::overloaded, "HTTP/1.1 503 Service Unavailable", "overloaded_error"},
                    Case{Fault::not_found, "HTTP/1.1 404 Not Found", "not_found_error"},
                    Case{Fault::html, "HTTP/1.1 200 OK", "Content-Type: text/html"},
                    Case{Fault::redirect, "HTTP/1.1 302 Found", "Location: /health\r\n"},
                    Case{Fault::empty, "HTTP/1.1 200 OK", "Content-Length: 0\r\n"},
                    Case{Fault::echo_authorization, "HTTP/1.1 401 Unauthorized", "Bearer \\\"secret\\\""}));

TEST_P(WholeFaults, IsAnOrdinaryAnswerAtOnce) {
    HttpFacts http;
    http.authorization = "Bearer \"secret\"";
    const auto [bytes, step, more] = first_step(request(GetParam().fault), http);
    const auto parts = take_apart(bytes);
    EXPECT_EQ(parts.status_line, GetParam().status_line);
    EXPECT_THAT(bytes, HasSubstr(GetParam().contains));
    EXPECT_EQ(parts.field("Content-Length"), std::to_string(parts.body.size()));
    EXPECT_EQ(step.due, received_at);
    EXPECT_EQ(step.ending, Ending::keep_alive);
    EXPECT_FALSE(more);
}

TEST(Answer, RetryAfterIsWholeSecondsRoundedUp) {
    auto served = request(Fault::rate_limit);
    served.behaviour.retry_after = 1500ms;
    EXPECT_THAT(first_step(served).bytes, HasSubstr("Retry-After: 2\r\n"));
}

TEST(Answer, NeverAnswerWaitsForEver) {
    EXPECT_EQ(make_answer(request(Fault::never_answer), {})->next_due(), never);
}

TEST(Answer, HeadersOnlyIsAHeaderAndSilence) {
    const auto [bytes, step, more] = first_step(request(Fault::headers_only));
    EXPECT_THAT(bytes, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_TRUE(bytes.ends_with("\r\n\r\n"));
    EXPECT_EQ(step.ending, Ending::none);
    EXPECT_FALSE(more);
}

TEST(Answer, EndlessLineGoesOnWithoutALineEnd) {
    const auto answer = make_answer(request(Fault::endless_line), {});
    WriteBatch batch;
    Instant due = received_at;
    for (int piece = 0; piece < 20; ++piece) {
        EXPECT_EQ(answer->next_due(), due);
        EXPECT_EQ(answer->advance(due, batch).ending, Ending::none);
        due = answer->next_due();
    }
    const auto parts = take_apart(batch.bytes);
    EXPECT_GT(parts.body.size(), 1u << 20);
    EXPECT_TRUE(parts.body.starts_with("data: "));
    EXPECT_EQ(parts.body.find('\n'), std::string::npos);
}

TEST(Answer, EndlessHeaderNeverEndsItsField) {
    const auto [bytes, step, more] = first_step(request(Fault::endless_header));
    EXPECT_EQ(bytes.find("\r\n\r\n"), std::string::npos);
    EXPECT_GT(bytes.size(), 65536u);
    EXPECT_TRUE(more);
}

TEST(Answer, GarbageIsNotHttp) {
    const auto [bytes, step, more] = first_step(request(Fault::garbage));
    EXPECT_THAT(bytes, Not(StartsWith("HTTP/")));
    EXPECT_EQ(step.ending, Ending::close);
}

TEST(Answer, WithoutStreamThereIsOneJsonAnswerWhenTheStreamWouldEnd) {
    auto served = request(Fault::none);
    served.completion.stream = false;
    served.behaviour.tokens = 6;
    const auto [bytes, step, more] = first_step(served);
    EXPECT_EQ(step.due - received_at, 300ms);
    const auto parts = take_apart(bytes);
    EXPECT_EQ(parts.field("Content-Type"), "application/json");
    EXPECT_EQ(number_after(parts.body, "completion_tokens"), 6);
    EXPECT_THAT(parts.body, HasSubstr("chat.completion\""));
}

TEST(Answer, ConnectionFieldFollowsTheRequest) {
    HttpFacts http;
    http.keep_alive = false;
    EXPECT_EQ(take_apart(render({}, http)).field("Connection"), "close");
    http.keep_alive = true;
    EXPECT_EQ(take_apart(render({}, http)).field("Connection"), "");
    http.http11 = false;
    EXPECT_EQ(take_apart(render({}, http)).field("Connection"), "keep-alive");
}

TEST(Answer, WhatIsHeldBackWholeIsBounded) {
    auto served = request(Fault::none);
    served.behaviour.buffering = Buffering::full;
    EXPECT_EQ(check_limits(served), "");
    served.behaviour.tokens = 1'000'000;
    EXPECT_NE(check_limits(served), "");
    served.behaviour.buffering = Buffering::none;
    EXPECT_EQ(check_limits(served), "");
}

}  // namespace
}  // namespace streamgauge::simulator
