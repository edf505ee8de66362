#include "bench/api/openai_chat.h"

#include "tests/bench/api/meaning.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <string>

namespace streamgauge::api {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

std::string delta(std::string_view members) {
    return R"({"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{)" +
           std::string(members) + R"(},"logprobs":null,"finish_reason":null}]})";
}

struct Case {
    const char* name;
    std::string data;
    std::string sort;
    bool has_answer = false;

    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};

std::string name_of(const testing::TestParamInfo<Case>& test) {
    return test.param.name;
}

class OpenAiChatEvents : public testing::TestWithParam<Case> {};

TEST_P(OpenAiChatEvents, AreTakenForWhatTheyAre) {
    OpenAiChat dialect;
    const auto meaning = meaning_of(dialect, GetParam().data);
    EXPECT_EQ(sort_of(meaning), GetParam().sort) << meaning.detail;
    EXPECT_EQ(meaning.has_answer, GetParam().has_answer);
}

INSTANTIATE_TEST_SUITE_P(
    Deltas, OpenAiChatEvents,
    testing::Values(
        Case{"answer", delta(R"("content":"Hi")"), "answer", true},
        Case{"role_only", delta(R"("role":"assistant")"), "nothing"},
        Case{"role_with_empty_content", delta(R"("role":"assistant","content":"")"), "nothing"},
        Case{"null_content", delta(R"("content":null)"), "nothing"},
        Case{"empty_delta", delta(""), "nothing"},
        Case{"space_is_text", delta(R"("content":" ")"), "answer", true},
        Case{"line_feed_is_text", delta(R"("content":"\n")"), "answer", true},
        Case{"nul_is_text", delta(R"("content":"\u0000")"), "answer", true},
        Case{"quote_is_text", delta(R"("content":"\"")"), "answer", true},
        Case{"reasoning_content", delta(R"("reasoning_content":"Hm")"), "reasoning"},
        Case{"reasoning", delta(R"("content":"","reasoning":"Hm")"), "reasoning"},
        Case{"empty_reasoning", delta(R"("reasoning_content":"","reasoning":null)"), "nothing"},
        Case{"reasoning_and_answer", delta(R"("reasoning_content":"Hm","content":"Hi")"), "reasoning", true},
        Case{"refusal", delta(R"("refusal":"No")"), "refusal"},
        Case{
            "tool_name",
            delta(
                R"("tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}])"),
            "tool_call"},
        Case{"tool_arguments", delta(R"("tool_calls":[{"index":0,"function":{"arguments":"{"}}])"),
             "tool_call"},
        Case{"tool_without_text", delta(R"("tool_calls":[{"index":0,"id":"a","function":{"arguments":""}}])"),
             "nothing"},
        Case{"no_tools", delta(R"("tool_calls":[])"), "nothing"},
        Case{"second_tool", delta(R"("tool_calls":[{"index":0},{"index":1,"function":{"arguments":"x"}}])"),
             "tool_call"},
        Case{"legacy_function_call", delta(R"("function_call":{"arguments":"{\"a\""})"), "tool_call"},
        Case{"content_in_parts", delta(R"("content":[{"type":"text","text":"Hi"}])"), "answer", true},
        Case{"thinking_in_parts",
             delta(R"("content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]}])"),
             "reasoning"},
        Case{"content_word_elsewhere",
             R"({"content":"Hi","choices":[{"index":0,"delta":{},"content":"Hi"}]})", "nothing"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Events, OpenAiChatEvents,
    testing::Values(
        Case{"end", "[DONE]", "end"}, Case{"empty_data", "", "ping"},
        Case{"finish", R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})", "nothing"},
        Case{"usage_only", R"({"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":5}})", "nothing"},
        Case{"second_choice",
             R"({"choices":[{"index":0,"delta":{"content":""}},{"index":1,"delta":{"content":"x"}}]})",
             "answer", true},
        Case{"unknown_object", R"({"object":"new.thing","value":{"a":[1,{"b":null}]}})", "nothing"},
        Case{"empty_object", "{}", "nothing"},
        Case{"null_choices", R"({"choices":null,"usage":null,"error":null})", "nothing"},
        Case{"odd_types", R"({"choices":{"delta":1},"usage":[1],"object":7,"streamgauge":3})", "nothing"},
        Case{"odd_choices",
             R"({"choices":[1,"a",null,[],{"delta":"x"},{"delta":{"content":7,"tool_calls":{}}}]})",
             "nothing"},
        Case{"white_space_around", " { \"choices\" : [ { \"delta\" : { \"content\" : \"x\" } } ] } \n",
             "answer", true},
        Case{"two_lines", "{\"choices\":\n[{\"delta\":{\"content\":\"x\"}}]}", "answer", true}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Errors, OpenAiChatEvents,
    testing::Values(
        Case{"object", R"({"error":{"message":"overloaded","type":"server_error","code":503}})", "error"},
        Case{"text", R"({"error":"overloaded"})", "error"},
        Case{"object_error", R"({"object":"error","message":"bad","code":400})", "error"},
        Case{"with_choices",
             R"({"error":{"code":502},"choices":[{"delta":{"content":""},"finish_reason":"error"}]})",
             "error"},
        Case{"empty_error_object", R"({"error":{},"choices":[]})", "nothing"},
        Case{"no_json", "hello", "malformed"}, Case{"list", "[1]", "malformed"},
        Case{"number", "42", "malformed"}, Case{"quoted", "\"[DONE]\"", "malformed"},
        Case{"cut_off", R"({"choices":[{"index":0,"delta":{"content":"Hi)", "malformed"},
        Case{"cut_off_after_delta", R"({"choices":[{"index":0,"delta":{"content":"Hi"}}])", "malformed"},
        Case{"trailing", R"({"choices":[]} {"choices":[]})", "malformed"},
        Case{"unbalanced", R"({"choices":[}]})", "malformed"},
        Case{"missing_colon", R"({"choices" []})", "malformed"},
        Case{"trailing_comma", R"({"choices":[],})", "malformed"},
        Case{"invalid_utf8", "{\"choices\":[{\"delta\":{\"content\":\"\xFF\"}}]}", "malformed"},
        Case{"nul", "{\"choices\":\0[]}"s, "malformed"}),
    name_of);

TEST(OpenAiChat, ReadsUsageAndFinishReason) {
    OpenAiChat dialect;
    const auto meaning = meaning_of(
        dialect,
        R"({"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":12,)"
        R"("completion_tokens":34,"total_tokens":46,"completion_tokens_details":{"reasoning_tokens":7}}})");
    EXPECT_EQ(meaning.input_tokens, 12U);
    EXPECT_EQ(meaning.output_tokens, 34U);
    EXPECT_EQ(meaning.reasoning_tokens, 7U);
    EXPECT_EQ(meaning.finish_reason, "tool_calls");
    EXPECT_FALSE(meaning.end);
}

TEST(OpenAiChat, ReadsUsageOfAChunkWithText) {
    OpenAiChat dialect;
    const auto meaning =
        meaning_of(dialect, R"({"choices":[{"delta":{"content":"a"}}],"usage":{"completion_tokens":2}})");
    EXPECT_EQ(meaning.token, report::TokenKind::answer);
    EXPECT_EQ(meaning.output_tokens, 2U);
    EXPECT_FALSE(meaning.input_tokens);
}

TEST(OpenAiChat, LeavesOutCountsThatAreNone) {
    OpenAiChat dialect;
    const auto meaning = meaning_of(
        dialect,
        R"({"usage":{"prompt_tokens":null,"completion_tokens":-1,"completion_tokens_details":null,"x":1.5}})");
    EXPECT_EQ(sort_of(meaning), "nothing");
    EXPECT_FALSE(meaning.input_tokens);
    EXPECT_FALSE(meaning.output_tokens);
}

TEST(OpenAiChat, CountsTokensWhereTheEventListsThem) {
    OpenAiChat dialect;
    const auto tokens = [&](std::string_view choice_members) {
        return meaning_of(dialect,
                          R"({"choices":[{"delta":{"content":"ab"},)" + std::string(choice_members) + "}]}")
            .tokens;
    };
    EXPECT_EQ(tokens(R"("logprobs":{"content":[{"token":"a"},{"token":"b","top_logprobs":[{},{}]}]})"), 2U);
    EXPECT_EQ(tokens(R"("token_ids":[5,6,7])"), 3U);
    EXPECT_EQ(tokens(R"("logprobs":{"content":[{},{}]},"token_ids":[5,6])"), 2U);
    EXPECT_EQ(tokens(R"("logprobs":null,"token_ids":null)"), 0U);
}

TEST(OpenAiChat, ReadsTheSimulatorsStamps) {
    OpenAiChat dialect;
    const auto meaning = meaning_of(
        dialect,
        R"({"choices":[{"delta":{"content":"a"}}],"streamgauge":{"sent_ns":123456789012,"received_ns":5}})");
    EXPECT_EQ(meaning.server_sent, 123456789012ns);
    EXPECT_EQ(meaning.server_received, 5ns);
    const auto odd =
        meaning_of(dialect, R"({"streamgauge":{"sent_ns":-1,"received_ns":18446744073709551615}})");
    EXPECT_FALSE(odd.server_sent);
    EXPECT_FALSE(odd.server_received);
}

TEST(OpenAiChat, GivesTheErrorsMessageCleanedAndBounded) {
    OpenAiChat dialect;
    EXPECT_EQ(
        meaning_of(dialect, R"({"error":{"type":"t","message":"too \u001b[31mmany\nrequests"}})").detail,
        "too [31mmany requests");
    EXPECT_EQ(meaning_of(dialect, R"({"error":{"type":"overloaded","message":null}})").detail, "overloaded");
    EXPECT_EQ(meaning_of(dialect, R"({"error":")" + std::string(5000, 'x') + "\"}").detail,
              std::string(200, 'x'));
    EXPECT_EQ(meaning_of(dialect, "upstream timed out", "error").detail, "upstream timed out");
    EXPECT_EQ(sort_of(meaning_of(dialect, "upstream timed out", "error")), "error");
    EXPECT_EQ(meaning_of(dialect, R"({"message":"no error","choices":[]})").detail, "");
    EXPECT_FALSE(meaning_of(dialect, "hello").detail.empty());
}

TEST(OpenAiChat, BoundsTheFinishReason) {
    OpenAiChat dialect;
    const auto data = R"({"choices":[{"finish_reason":")" + std::string(5000, 'x') + R"("}]})";
    EXPECT_LE(meaning_of(dialect, data).finish_reason.size(), 64U);
}

TEST(OpenAiChat, ReadsEventsOfAnySizeInAnyOrder) {
    OpenAiChat dialect;
    for (const std::size_t size : {1U, 100000U, 10U, 1000U, 300000U, 2U}) {
        const auto meaning = meaning_of(dialect, delta("\"content\":\"" + std::string(size, 'x') + "\""));
        EXPECT_EQ(sort_of(meaning), "answer") << size;
    }
}

TEST(OpenAiChat, BuildsTheRequest) {
    scenarios::Workload workload;
    workload.model = "m";
    const OpenAiChat dialect;
    EXPECT_EQ(boost::json::parse(dialect.request_body(workload, {.text = "say \"hi\""})),
              boost::json::parse(R"(
        {"model":"m","messages":[{"role":"user","content":"say \"hi\""}],"stream":true,
         "stream_options":{"include_usage":true}})"));
    EXPECT_TRUE(dialect.request_headers().empty());
}

TEST(OpenAiChat, TakesTheWorkloadsAndThePromptsWishes) {
    scenarios::Workload workload;
    workload.usage = false;
    workload.max_tokens = 100;
    workload.extra =
        boost::json::parse(R"({"temperature":0,"stream_options":{"continuous_usage_stats":true}})")
            .as_object();
    const OpenAiChat dialect;
    EXPECT_EQ(
        boost::json::parse(dialect.request_body(
            workload,
            {.text = "", .messages_json = R"([{"role":"system","content":"s"}])", .max_tokens = 7})),
        boost::json::parse(R"({"model":"default","messages":[{"role":"system","content":"s"}],"stream":true,
                  "max_tokens":7,"temperature":0,"stream_options":{"continuous_usage_stats":true}})"));
}

}  // namespace
}  // namespace streamgauge::api
