#include "bench/simulator/dialect.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

namespace json = boost::json;
using testing::ElementsAre;

AnswerFacts facts() {
    AnswerFacts facts;
    facts.model = "m";
    facts.with_usage = true;
    facts.has_tool_call = true;
    facts.counts = {11, 9, 3};
    return facts;
}

std::vector<std::string> names(const std::vector<NamedEvent>& events) {
    std::vector<std::string> names;
    for (const auto& event : events) {
        names.emplace_back(event.name);
        EXPECT_EQ(json::parse(event.data).at("type").as_string(), std::string{event.name});
    }
    return names;
}

json::value token(Dialect& dialect, Text kind, std::string_view text) {
    std::string data;
    dialect.token(data, kind, text);
    return json::parse(data + '}');
}

TEST(MessagesDialect, OpensWithTheMessage) {
    const auto opening = make_messages_dialect(facts())->opening();
    ASSERT_THAT(names(opening), ElementsAre("message_start"));
    const auto message = json::parse(opening[0].data).at("message");
    EXPECT_EQ(message.at("role").as_string(), "assistant");
    EXPECT_EQ(message.at("usage").at("input_tokens").as_int64(), 11);
}

TEST(MessagesDialect, EachKindOfTextIsABlockOfItsOwn) {
    const auto dialect = make_messages_dialect(facts());
    EXPECT_THAT(names(dialect->between(Text::none, Text::reasoning)),
                ElementsAre("content_block_start", "ping"));
    const auto thought = token(*dialect, Text::reasoning, "t");
    EXPECT_EQ(thought.at("index").as_int64(), 0);
    EXPECT_EQ(thought.at("delta").at("type").as_string(), "thinking_delta");
    EXPECT_EQ(thought.at("delta").at("thinking").as_string(), "t");

    EXPECT_THAT(names(dialect->between(Text::reasoning, Text::answer)),
                ElementsAre("content_block_delta", "content_block_stop", "content_block_start"));
    const auto text = token(*dialect, Text::answer, "a");
    EXPECT_EQ(text.at("index").as_int64(), 1);
    EXPECT_EQ(text.at("delta").at("type").as_string(), "text_delta");
    EXPECT_EQ(text.at("delta").at("text").as_string(), "a");

    EXPECT_THAT(names(dialect->between(Text::answer, Text::tool_call)),
                ElementsAre("content_block_stop", "content_block_start"));
    const auto tool = token(*dialect, Text::tool_call, R"({\"a)");
    EXPECT_EQ(tool.at("index").as_int64(), 2);
    EXPECT_EQ(tool.at("delta").at("type").as_string(), "input_json_delta");
    EXPECT_EQ(tool.at("delta").at("partial_json").as_string(), "{\"a");
}

TEST(MessagesDialect, ClosesWithReasonAndUsage) {
    const auto dialect = make_messages_dialect(facts());
    dialect->between(Text::none, Text::tool_call);
    const auto closing = dialect->closing(Text::tool_call);
    ASSERT_THAT(names(closing), ElementsAre("content_block_stop", "message_delta"));
    const auto last = json::parse(closing[1].data);
    EXPECT_EQ(last.at("delta").at("stop_reason").as_string(), "tool_use");
    EXPECT_EQ(last.at("usage").at("output_tokens").as_int64(), 9);
    EXPECT_EQ(last.at("usage").at("output_tokens_details").at("thinking_tokens").as_int64(), 3);
}

TEST(MessagesDialect, AnEmptyAnswerHasNoBlocks) {
    auto plain = facts();
    plain.has_tool_call = false;
    plain.with_usage = false;
    const auto closing = make_messages_dialect(plain)->closing(Text::none);
    ASSERT_THAT(names(closing), ElementsAre("message_delta"));
    const auto last = json::parse(closing[0].data);
    EXPECT_EQ(last.at("delta").at("stop_reason").as_string(), "end_turn");
    EXPECT_EQ(last.as_object().if_contains("usage"), nullptr);
}

TEST(MessagesDialect, RefusalIsAStopReason) {
    auto refused = facts();
    refused.refusal = true;
    const auto closing = make_messages_dialect(refused)->closing(Text::refusal);
    EXPECT_EQ(json::parse(closing.back().data).at("delta").at("stop_reason").as_string(), "refusal");
}

TEST(MessagesDialect, WholeAnswerHasAllBlocks) {
    const auto whole =
        json::parse(make_messages_dialect(facts())->whole({" t", " a", "", R"({"text":"x"})"}));
    const auto& content = whole.at("content").as_array();
    ASSERT_EQ(content.size(), 3u);
    EXPECT_EQ(content[0].at("thinking").as_string(), " t");
    EXPECT_EQ(content[1].at("text").as_string(), " a");
    EXPECT_EQ(content[2].at("input").at("text").as_string(), "x");
    EXPECT_EQ(whole.at("stop_reason").as_string(), "tool_use");
}

TEST(MessagesDialect, ErrorsAreNamedEvents) {
    const auto event = make_messages_dialect(facts())->error("busy");
    EXPECT_EQ(event.name, "error");
    EXPECT_EQ(json::parse(event.data).at("error").at("message").as_string(), "busy");
}

}  // namespace
}  // namespace streamgauge::simulator
