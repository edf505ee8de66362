#include "bench/api/openai_completions.h"

#include "tests/bench/api/meaning.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <string>

namespace streamgauge::api {
namespace {

struct Case {
    const char* name;
    std::string data;
    std::string sort;

    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};

class OpenAiCompletionsEvents : public testing::TestWithParam<Case> {};

TEST_P(OpenAiCompletionsEvents, AreTakenForWhatTheyAre) {
    OpenAiCompletions dialect;
    const auto meaning = meaning_of(dialect, GetParam().data);
    EXPECT_EQ(sort_of(meaning), GetParam().sort) << meaning.detail;
}

INSTANTIATE_TEST_SUITE_P(
    OpenAiCompletions, OpenAiCompletionsEvents,
    testing::Values(
        Case{"text", R"({"choices":[{"index":0,"text":" Hi","logprobs":null,"finish_reason":null}]})",
             "answer"},
        Case{"empty_text", R"({"choices":[{"index":0,"text":"","finish_reason":"stop"}]})", "nothing"},
        Case{"reasoning", R"({"choices":[{"index":0,"text":"","reasoning_content":"Hm"}]})", "reasoning"},
        Case{"a_delta_is_chat", R"({"choices":[{"delta":{"content":"Hi"}}]})", "nothing"},
        Case{"usage", R"({"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}})", "nothing"},
        Case{"end", "[DONE]", "end"}, Case{"error", R"({"error":{"message":"x"}})", "error"},
        Case{"malformed", R"({"choices":[{"text":)", "malformed"}),
    [](const auto& test) { return test.param.name; });

TEST(OpenAiCompletions, CountsTheTokensThatLogprobsList) {
    OpenAiCompletions dialect;
    const auto meaning = meaning_of(
        dialect,
        R"({"choices":[{"text":"ab","logprobs":{"tokens":["a","b"],"token_logprobs":[-1,-2],"text_offset":[0,1]}}]})");
    EXPECT_EQ(meaning.tokens, 2U);
}

TEST(OpenAiCompletions, BuildsTheRequest) {
    scenarios::Workload workload;
    workload.max_tokens = 5;
    const OpenAiCompletions dialect;
    EXPECT_EQ(boost::json::parse(dialect.request_body(workload, {.text = "Once"})),
              boost::json::parse(R"({"model":"default","prompt":"Once","stream":true,"max_tokens":5,
                                     "stream_options":{"include_usage":true}})"));
}

TEST(OpenAiCompletions, TurnsMessagesIntoAPrompt) {
    const OpenAiCompletions dialect;
    const Prompt prompt{.messages_json =
                            R"([{"role":"system","content":"a"},{"role":"user","content":"b"}])"};
    const auto body = boost::json::parse(dialect.request_body({}, prompt));
    EXPECT_EQ(body.at("prompt"), "a\nb");
}

}  // namespace
}  // namespace streamgauge::api
