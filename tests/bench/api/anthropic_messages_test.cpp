#include "bench/api/anthropic_messages.h"

#include "tests/bench/api/meaning.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <string>

namespace streamgauge::api {
namespace {

struct Case {
    const char* name;
    std::string type;
    std::string data;
    std::string sort;

    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};

std::string delta(const std::string& members) {
    return R"({"type":"content_block_delta","index":0,"delta":{)" + members + "}}";
}

std::string block(const std::string& members) {
    return R"({"type":"content_block_start","index":0,"content_block":{)" + members + "}}";
}

class AnthropicEvents : public testing::TestWithParam<Case> {};

TEST_P(AnthropicEvents, AreTakenForWhatTheyAre) {
    AnthropicMessages dialect;
    const auto meaning = meaning_of(dialect, GetParam().data, GetParam().type);
    EXPECT_EQ(sort_of(meaning), GetParam().sort) << meaning.detail;
    EXPECT_EQ(meaning.has_answer, GetParam().sort == "answer");
}

TEST_P(AnthropicEvents, DoNotDependOnTheTypeThatAGatewayDropped) {
    AnthropicMessages dialect;
    EXPECT_EQ(sort_of(meaning_of(dialect, GetParam().data)), GetParam().sort);
}

INSTANTIATE_TEST_SUITE_P(
    AnthropicMessages, AnthropicEvents,
    testing::Values(
        Case{"text", "content_block_delta", delta(R"("type":"text_delta","text":"Hi")"), "answer"},
        Case{"empty_text", "content_block_delta", delta(R"("type":"text_delta","text":"")"), "nothing"},
        Case{"thinking", "content_block_delta", delta(R"("type":"thinking_delta","thinking":"Hm")"),
             "reasoning"},
        Case{"signature", "content_block_delta", delta(R"("type":"signature_delta","signature":"EqQB")"),
             "nothing"},
        Case{"citation", "content_block_delta",
             delta(R"("type":"citations_delta","citation":{"type":"char_location","cited_text":"x"})"),
             "nothing"},
        Case{"tool_arguments", "content_block_delta",
             delta(R"("type":"input_json_delta","partial_json":"{\"a")"), "tool_call"},
        Case{"empty_tool_arguments", "content_block_delta",
             delta(R"("type":"input_json_delta","partial_json":"")"), "nothing"},
        Case{"text_block_begins", "content_block_start", block(R"("type":"text","text":"")"), "nothing"},
        Case{"text_block_begins_with_text", "content_block_start", block(R"("type":"text","text":"Hi")"),
             "answer"},
        Case{"thinking_block_begins", "content_block_start",
             block(R"("type":"thinking","thinking":"","signature":"")"), "nothing"},
        Case{"tool_block_begins", "content_block_start",
             block(R"("type":"tool_use","id":"t1","name":"search","input":{})"), "tool_call"},
        Case{
            "tool_result", "content_block_start",
            block(
                R"("type":"web_search_tool_result","tool_use_id":"t1","content":[{"title":"x","text":"y"}])"),
            "nothing"},
        Case{"block_ends", "content_block_stop", R"({"type":"content_block_stop","index":0})", "nothing"},
        Case{
            "message_begins", "message_start",
            R"({"type":"message_start","message":{"id":"m","role":"assistant","content":[],"stop_reason":null}})",
            "nothing"},
        Case{"message_delta", "message_delta",
             R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}})",
             "nothing"},
        Case{"message_stop", "message_stop", R"({"type":"message_stop"})", "end"},
        Case{"ping", "ping", R"({"type": "ping"})", "ping"},
        Case{"error", "error",
             R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})", "error"},
        Case{"unknown_type", "some_new_event", R"({"type":"some_new_event","text":"x"})", "nothing"},
        Case{"done_mark_of_another_api", "", "[DONE]", "nothing"},
        Case{"malformed", "content_block_delta", R"({"type":"content_block_delta","delta":{"text":)",
             "malformed"}),
    [](const auto& test) { return test.param.name; });

TEST(AnthropicMessages, ReadsUsageWhereItStands) {
    AnthropicMessages dialect;
    const auto start = meaning_of(
        dialect, R"({"type":"message_start","message":{"usage":{"input_tokens":25,"output_tokens":1}}})");
    EXPECT_EQ(start.input_tokens, 25U);
    EXPECT_EQ(start.output_tokens, 1U);
    const auto last = meaning_of(
        dialect,
        R"({"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":15}})");
    EXPECT_FALSE(last.input_tokens);
    EXPECT_EQ(last.output_tokens, 15U);
    EXPECT_EQ(last.finish_reason, "max_tokens");
}

TEST(AnthropicMessages, ReadsAnErrorsMessage) {
    AnthropicMessages dialect;
    EXPECT_EQ(
        meaning_of(dialect, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})",
                   "error")
            .detail,
        "Overloaded");
}

TEST(AnthropicMessages, ReadsTheSimulatorsStamps) {
    AnthropicMessages dialect;
    const auto meaning = meaning_of(
        dialect,
        R"({"type":"content_block_delta","delta":{"text":"x"},"streamgauge":{"sent_ns":7,"received_ns":0}})");
    EXPECT_EQ(meaning.server_sent, std::chrono::nanoseconds(7));
    EXPECT_EQ(meaning.server_received, std::chrono::nanoseconds(0));
}

TEST(AnthropicMessages, BuildsTheRequest) {
    scenarios::Workload workload;
    workload.model = "m";
    const AnthropicMessages dialect;
    EXPECT_EQ(boost::json::parse(dialect.request_body(workload, {.text = "Hi"})), boost::json::parse(R"(
        {"model":"m","messages":[{"role":"user","content":"Hi"}],"max_tokens":1024,"stream":true})"));
    ASSERT_EQ(dialect.request_headers().size(), 1U);
    EXPECT_EQ(dialect.request_headers()[0].name, "anthropic-version");
    EXPECT_EQ(dialect.request_headers()[0].value, "2023-06-01");
    EXPECT_FALSE(dialect.request_headers()[0].secret);
}

TEST(AnthropicMessages, MovesSystemMessagesWhereTheApiWantsThem) {
    scenarios::Workload workload;
    workload.max_tokens = 9;
    const AnthropicMessages dialect;
    const Prompt prompt{.messages_json = R"([{"role":"system","content":"a"},{"role":"user","content":"b"},
                                             {"role":"system","content":"c"}])"};
    EXPECT_EQ(boost::json::parse(dialect.request_body(workload, prompt)), boost::json::parse(R"(
        {"model":"default","system":"a\nc","messages":[{"role":"user","content":"b"}],"max_tokens":9,"stream":true})"));
}

}  // namespace
}  // namespace streamgauge::api
