#include "bench/simulator/completion_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

using testing::HasSubstr;

CompletionRequest understood(std::string_view body, Behaviour& behaviour) {
    const auto parsed = parse_completion_request(Api::chat_completions, body, behaviour);
    EXPECT_EQ(parsed.error, std::nullopt);
    return parsed.request;
}

TEST(CompletionRequest, ReadsWhatMatters) {
    Behaviour behaviour;
    const auto request = understood(
        R"({"model":"m-1","stream":true,"stream_options":{"include_usage":true},"max_tokens":17,
            "messages":[{"role":"user","content":"12345678"},
                        {"role":"user","content":[{"type":"text","text":"12345678"}]}]})",
        behaviour);
    EXPECT_EQ(request.model, "m-1");
    EXPECT_TRUE(request.stream);
    EXPECT_TRUE(request.include_usage);
    EXPECT_EQ(request.max_tokens, 17u);
    EXPECT_EQ(request.input_tokens, 4u);
    EXPECT_EQ(behaviour, Behaviour{});
}

TEST(CompletionRequest, DefaultsWhereARequestIsSilent) {
    Behaviour behaviour;
    const auto request = understood("{}", behaviour);
    EXPECT_FALSE(request.stream);
    EXPECT_FALSE(request.include_usage);
    EXPECT_EQ(request.max_tokens, std::nullopt);
    EXPECT_EQ(request.input_tokens, 1u);
}

TEST(CompletionRequest, NewerNameOfTheTokenLimitWins) {
    Behaviour behaviour;
    EXPECT_EQ(understood(R"({"max_tokens":1,"max_completion_tokens":2})", behaviour).max_tokens, 2u);
    EXPECT_EQ(understood(R"({"max_tokens":-1})", behaviour).max_tokens, std::nullopt);
    EXPECT_EQ(understood(R"({"max_tokens":99999999})", behaviour).max_tokens, 1'000'000u);
}

TEST(CompletionRequest, OptionsMayBeTextNumbersAndBooleans) {
    Behaviour behaviour;
    understood(R"({"streamgauge":{"ttft":"5ms","tokens":3,"stamps":true,"fault_rate":0.5}})", behaviour);
    EXPECT_EQ(behaviour.ttft, Distribution::constant(std::chrono::milliseconds{5}));
    EXPECT_EQ(behaviour.tokens, 3u);
    EXPECT_TRUE(behaviour.stamps);
    EXPECT_EQ(behaviour.fault_rate, 0.5);
}

TEST(CompletionRequest, SaysWhatIsWrong) {
    const auto error_of = [](std::string_view body) {
        Behaviour behaviour;
        return parse_completion_request(Api::messages, body, behaviour).error.value_or("");
    };
    EXPECT_THAT(error_of("{"), HasSubstr("not a JSON object"));
    EXPECT_THAT(error_of("[]"), HasSubstr("not a JSON object"));
    EXPECT_THAT(error_of(std::string(10'000, '[')), HasSubstr("not a JSON object"));
    EXPECT_THAT(error_of(R"({"streamgauge":3})"), HasSubstr("must be an object"));
    EXPECT_THAT(error_of(R"({"streamgauge":{"tokens":{}}})"), HasSubstr("tokens"));
}

TEST(CompletionRequest, LongModelNamesAreCut) {
    Behaviour behaviour;
    const auto request = understood(R"({"model":")" + std::string(1000, 'm') + R"("})", behaviour);
    EXPECT_EQ(request.model.size(), 256u);
}

}  // namespace
}  // namespace streamgauge::simulator
