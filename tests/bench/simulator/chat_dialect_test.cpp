#include "bench/simulator/dialect.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

namespace json = boost::json;

AnswerFacts facts() {
    AnswerFacts facts;
    facts.number = 7;
    facts.created_unix_s = 1'700'000'000;
    facts.model = "m\"1";
    facts.counts = {10, 5, 2};
    return facts;
}

json::value token(Dialect& dialect, Text kind, std::string_view text) {
    std::string data;
    dialect.token(data, kind, text);
    return json::parse(data + '}');
}

const json::value& delta(const json::value& event) {
    return event.at("choices").at(0).at("delta");
}

TEST(ChatDialect, OpensWithTheRole) {
    const auto dialect = make_chat_dialect(facts());
    const auto opening = dialect->opening();
    ASSERT_EQ(opening.size(), 1u);
    const auto event = json::parse(opening[0].data);
    EXPECT_EQ(event.at("object").as_string(), "chat.completion.chunk");
    EXPECT_EQ(event.at("model").as_string(), "m\"1");
    EXPECT_EQ(delta(event).at("role").as_string(), "assistant");
    EXPECT_EQ(delta(event).at("content").as_string(), "");
}

TEST(ChatDialect, PutsEachKindOfTextIntoItsField) {
    const auto dialect = make_chat_dialect(facts());
    EXPECT_EQ(delta(token(*dialect, Text::answer, "a")).at("content").as_string(), "a");
    EXPECT_EQ(delta(token(*dialect, Text::reasoning, "b")).at("reasoning_content").as_string(), "b");
    EXPECT_EQ(delta(token(*dialect, Text::refusal, "c")).at("refusal").as_string(), "c");
    const auto tool = delta(token(*dialect, Text::tool_call, R"({\"x\":)"));
    EXPECT_EQ(tool.at("tool_calls").at(0).at("function").at("arguments").as_string(), R"({"x":)");
}

TEST(ChatDialect, AnnouncesAToolCall) {
    const auto dialect = make_chat_dialect(facts());
    EXPECT_TRUE(dialect->between(Text::none, Text::answer).empty());
    const auto events = dialect->between(Text::answer, Text::tool_call);
    ASSERT_EQ(events.size(), 1u);
    const auto event = json::parse(events[0].data);
    const auto& call = delta(event).at("tool_calls").at(0);
    EXPECT_EQ(call.at("function").at("name").as_string(), "write_down");
    EXPECT_EQ(call.at("function").at("arguments").as_string(), "");
}

TEST(ChatDialect, RoleGoesWithTheFirstTokenIfItDoesNotComeFirst) {
    auto late_role = facts();
    late_role.role_in_first_token = true;
    const auto dialect = make_chat_dialect(late_role);
    EXPECT_TRUE(dialect->opening().empty());
    EXPECT_EQ(delta(token(*dialect, Text::answer, "a")).at("role").as_string(), "assistant");
    EXPECT_EQ(delta(token(*dialect, Text::answer, "b")).as_object().if_contains("role"), nullptr);
}

TEST(ChatDialect, UsageComesInAChunkOfItsOwn) {
    auto with_usage = facts();
    with_usage.with_usage = true;
    const auto dialect = make_chat_dialect(with_usage);
    EXPECT_TRUE(token(*dialect, Text::answer, "a").at("usage").is_null());
    const auto closing = dialect->closing(Text::answer);
    ASSERT_EQ(closing.size(), 2u);
    EXPECT_EQ(json::parse(closing[0].data).at("choices").at(0).at("finish_reason").as_string(), "stop");
    const auto usage = json::parse(closing[1].data);
    EXPECT_TRUE(usage.at("choices").as_array().empty());
    EXPECT_EQ(usage.at("usage").at("completion_tokens").as_int64(), 5);
    EXPECT_EQ(usage.at("usage").at("total_tokens").as_int64(), 15);
    EXPECT_EQ(usage.at("usage").at("completion_tokens_details").at("reasoning_tokens").as_int64(), 2);
}

TEST(ChatDialect, WithoutUsageNothingSpeaksOfIt) {
    const auto dialect = make_chat_dialect(facts());
    EXPECT_EQ(token(*dialect, Text::answer, "a").as_object().if_contains("usage"), nullptr);
    const auto closing = dialect->closing(Text::tool_call);
    ASSERT_EQ(closing.size(), 1u);
    EXPECT_EQ(json::parse(closing[0].data).at("choices").at(0).at("finish_reason").as_string(), "tool_calls");
}

TEST(ChatDialect, CompactEventsAreSmallAndStillJson) {
    auto compact = facts();
    compact.compact = true;
    const auto dialect = make_chat_dialect(compact);
    std::string data;
    dialect->token(data, Text::answer, " word");
    EXPECT_LT(data.size(), 60u);
    EXPECT_EQ(delta(json::parse(data + '}')).at("content").as_string(), " word");
    EXPECT_NO_THROW(json::parse(dialect->opening()[0].data));
    EXPECT_NO_THROW(json::parse(dialect->closing(Text::answer)[0].data));
}

TEST(ChatDialect, WholeAnswerHasAllParts) {
    const auto dialect = make_chat_dialect(facts());
    const auto whole = json::parse(dialect->whole({" think", " answer", "", R"({"text":"x"})"}));
    const auto& choice = whole.at("choices").at(0);
    EXPECT_EQ(choice.at("message").at("content").as_string(), " answer");
    EXPECT_EQ(choice.at("message").at("reasoning_content").as_string(), " think");
    const auto& call = choice.at("message").at("tool_calls").at(0).at("function");
    EXPECT_EQ(json::parse(call.at("arguments").as_string()).at("text").as_string(), "x");
    EXPECT_EQ(choice.at("finish_reason").as_string(), "tool_calls");
    EXPECT_EQ(whole.at("usage").at("prompt_tokens").as_int64(), 10);
    const auto refused = json::parse(dialect->whole({"", "", " no", ""}));
    EXPECT_TRUE(refused.at("choices").at(0).at("message").at("content").is_null());
    EXPECT_EQ(refused.at("choices").at(0).at("message").at("refusal").as_string(), " no");
}

}  // namespace
}  // namespace streamgauge::simulator
