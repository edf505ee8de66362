#include "bench/simulator/dialect.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

TEST(Dialect, QuotesHostileText) {
    EXPECT_EQ(json_quoted("a\"b\\c\n\x01"), R"("a\"b\\c\u000a\u0001")");
    EXPECT_EQ(boost::json::parse(json_quoted("</script>\t\"")).as_string(), "</script>\t\"");
}

TEST(Dialect, ErrorBodiesHaveTheShapeOfTheirApi) {
    const auto openai = boost::json::parse(error_body(Api::chat_completions, "server_error", "it \"broke\""));
    EXPECT_EQ(openai.at("error").at("message").as_string(), "it \"broke\"");
    EXPECT_EQ(openai.at("error").at("type").as_string(), "server_error");
    const auto anthropic = boost::json::parse(error_body(Api::messages, "overloaded_error", "busy"));
    EXPECT_EQ(anthropic.at("type").as_string(), "error");
    EXPECT_EQ(anthropic.at("error").at("type").as_string(), "overloaded_error");
}

TEST(Dialect, EachApiHasItsEndMark) {
    EXPECT_EQ(make_dialect(Api::chat_completions, {})->end_mark().data, "[DONE]");
    EXPECT_EQ(make_dialect(Api::completions, {})->end_mark().data, "[DONE]");
    EXPECT_EQ(make_dialect(Api::messages, {})->end_mark().name, "message_stop");
}

}  // namespace
}  // namespace streamgauge::simulator
