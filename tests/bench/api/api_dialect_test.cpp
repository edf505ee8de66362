#include "bench/api/api_dialect.h"

#include "scenarios/vocabulary.h"
#include "tests/bench/api/meaning.h"
#include "tests/bench/wire/allocations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace streamgauge::api {
namespace {

TEST(ApiDialect, ThereIsOneForEachNameOfTheLanguage) {
    EXPECT_THAT(dialect_names(), testing::UnorderedElementsAreArray(scenarios::api_names));
    for (const auto name : scenarios::api_names) {
        const auto dialect = make_dialect(name);
        ASSERT_TRUE(dialect) << name;
        EXPECT_EQ(dialect->name(), name);
    }
}

TEST(ApiDialect, ThereIsNoneForAnotherName) {
    for (const auto* name : {"", "openai", "OpenAI-Chat", "anthropic"})
        EXPECT_FALSE(make_dialect(name)) << name;
}

struct Sample {
    const char* api;
    const char* type;
    const char* data;
};

TEST(ApiDialect, AllocatesNothingForAToken) {
    for (const auto& [api, type, data] :
         {Sample{"openai-chat", "",
                 R"({"id":"a","choices":[{"index":0,"delta":{"content":"\u00e9t\u00e9"}}]})"},
          Sample{"openai-completions", "",
                 R"({"id":"a","choices":[{"index":0,"text":"x","finish_reason":null}]})"},
          Sample{"anthropic-messages", "content_block_delta",
                 R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x"}})"}}) {
        const auto dialect = make_dialect(api);
        ASSERT_EQ(sort_of(meaning_of(*dialect, data, type)), "answer");
        const auto before = wire::allocations();
        for (int i = 0; i < 100; ++i)
            (void)meaning_of(*dialect, data, type);
        EXPECT_EQ(wire::allocations(), before) << api;
    }
}

TEST(ApiDialect, FindsTheMessageOfAnErrorBody) {
    for (const auto name : dialect_names()) {
        EXPECT_EQ(make_dialect(name)->error_message(R"({"error":{"message":"no such model"}})"),
                  "no such model");
    }
}

}  // namespace
}  // namespace streamgauge::api
