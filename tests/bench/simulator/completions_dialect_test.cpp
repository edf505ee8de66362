#include "bench/simulator/dialect.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

namespace json = boost::json;

AnswerFacts facts(bool with_usage) {
    AnswerFacts facts;
    facts.model = "m";
    facts.with_usage = with_usage;
    facts.counts = {3, 4, 0};
    return facts;
}

TEST(CompletionsDialect, AllTextIsText) {
    const auto dialect = make_completions_dialect(facts(false));
    EXPECT_TRUE(dialect->opening().empty());
    for (const Text kind : {Text::reasoning, Text::answer, Text::refusal, Text::tool_call}) {
        EXPECT_TRUE(dialect->between(Text::none, kind).empty());
        std::string data;
        dialect->token(data, kind, "a");
        const auto event = json::parse(data + '}');
        EXPECT_EQ(event.at("object").as_string(), "text_completion");
        EXPECT_EQ(event.at("choices").at(0).at("text").as_string(), "a");
        EXPECT_TRUE(event.at("choices").at(0).at("finish_reason").is_null());
    }
}

TEST(CompletionsDialect, ClosesWithReasonAndUsage) {
    EXPECT_EQ(make_completions_dialect(facts(false))->closing(Text::answer).size(), 1u);
    const auto closing = make_completions_dialect(facts(true))->closing(Text::answer);
    ASSERT_EQ(closing.size(), 2u);
    const auto finish = json::parse(closing[0].data);
    EXPECT_EQ(finish.at("choices").at(0).at("finish_reason").as_string(), "stop");
    EXPECT_EQ(finish.at("choices").at(0).at("text").as_string(), "");
    EXPECT_EQ(json::parse(closing[1].data).at("usage").at("total_tokens").as_int64(), 7);
}

TEST(CompletionsDialect, WholeAnswerIsOneText) {
    const auto dialect = make_completions_dialect(facts(false));
    const auto whole = json::parse(dialect->whole({" a", " b", "", R"({"text":"c"})"}));
    EXPECT_EQ(whole.at("choices").at(0).at("text").as_string(), R"( a b{"text":"c"})");
    EXPECT_EQ(whole.at("usage").at("completion_tokens").as_int64(), 4);
}

TEST(CompletionsDialect, PingsAreCommentsAndErrorsAreEvents) {
    const auto dialect = make_completions_dialect(facts(false));
    EXPECT_TRUE(dialect->ping().data.empty());
    EXPECT_EQ(json::parse(dialect->error("broke").data).at("error").at("message").as_string(), "broke");
}

}  // namespace
}  // namespace streamgauge::simulator
