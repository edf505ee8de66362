#include "bench/api/request_json.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace streamgauge::api {
namespace {

boost::json::object object(const char* text) {
    return boost::json::parse(text).as_object();
}

struct Merge {
    const char* target;
    const char* patch;
    const char* result;
};

/// Most of them are the examples of RFC 7396, appendix A.
TEST(RequestJson, MergesAPatch) {
    for (const auto& [target, patch, result] : {
             Merge{R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
             Merge{R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
             Merge{R"({"a":"b"})", R"({"a":null})", "{}"},
             Merge{R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
             Merge{R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
             Merge{R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
             Merge{R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
             Merge{R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
             Merge{R"({"e":1})", R"({"missing":null})", R"({"e":1})"},
             Merge{"{}", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
             Merge{R"({"a":{"x":1,"y":{"z":2}}})", R"({"a":{"y":{"w":3}}})",
                   R"({"a":{"x":1,"y":{"z":2,"w":3}}})"},
         }) {
        auto merged = object(target);
        merge_patch(merged, object(patch));
        EXPECT_EQ(merged, object(result)) << target << patch;
    }
}

TEST(RequestJson, PutsExtraInLast) {
    scenarios::Workload workload;
    workload.extra = object(R"({"stream":false,"model":"other","max_tokens":null})");
    EXPECT_EQ(
        boost::json::parse(finish_body(object(R"({"model":"m","stream":true,"max_tokens":1})"), workload)),
        boost::json::parse(R"({"model":"other","stream":false})"));
}

TEST(RequestJson, PrefersThePromptsMaxTokens) {
    scenarios::Workload workload;
    EXPECT_FALSE(max_tokens_of(workload, {}));
    workload.max_tokens = 5;
    EXPECT_EQ(max_tokens_of(workload, {}), 5U);
    EXPECT_EQ(max_tokens_of(workload, {.max_tokens = 3}), 3U);
}

TEST(RequestJson, MakesAMessageOfAText) {
    EXPECT_EQ(boost::json::serialize(messages_of({.text = "a\n\"b\" \xC3\xA9"})),
              "[{\"role\":\"user\",\"content\":\"a\\n\\\"b\\\" \xC3\xA9\"}]");
    EXPECT_EQ(boost::json::serialize(messages_of({.text = "unused", .messages_json = "[1]"})), "[1]");
}

TEST(RequestJson, ThrowsWhenMessagesAreNoList) {
    EXPECT_ANY_THROW(messages_of({.messages_json = "{}"}));
    EXPECT_ANY_THROW(messages_of({.messages_json = "[1"}));
}

TEST(RequestJson, JoinsTheTextsOfMessages) {
    EXPECT_EQ(text_of(Prompt{.text = "a"}), "a");
    EXPECT_EQ(text_of(Prompt{.messages_json = R"([{"content":"a"},{"content":[1]},7,{"content":"b"}])"}),
              "a\nb");
}

}  // namespace
}  // namespace streamgauge::api
