#include "bench/api/error_body.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::api {
namespace {

struct Body {
    const char* body;
    const char* message;
};

TEST(ErrorBody, HoldsItsMessageInOneOfSeveralPlaces) {
    for (const auto& [body, message] : {
             Body{R"({"error":{"message":"no such model","type":"t","code":404}})", "no such model"},
             Body{R"({"error":"overloaded"})", "overloaded"},
             Body{R"({"message":"bad key","status":401})", "bad key"},
             Body{R"({"detail":"Not Found"})", "Not Found"},
             Body{R"({"detail":[{"loc":["body","model"],"msg":"field required","type":"missing"}]})",
                  "field required"},
             Body{R"({"object":"error","message":"too long","code":400})", "too long"},
             Body{R"({"type":"error","error":{"type":"rate_limit_error","message":"slow down"}})",
                  "slow down"},
             Body{R"({"error":{"message":null,"type":"server_error"}})", "server_error"},
             Body{R"([{"error":{"code":400,"message":"API key not valid"}}])", "API key not valid"},
         }) {
        EXPECT_EQ(message_in_error_body(body), message) << body;
    }
}

TEST(ErrorBody, MayHoldNone) {
    for (const auto* body :
         {"", "<html>502</html>", "{}", "[]", "null", "\"text\"", R"({"error":null})", R"({"error":{}})",
          R"({"detail":[]})", R"({"error":{"message")", R"({"ok":true})"}) {
        EXPECT_EQ(message_in_error_body(body), "") << body;
    }
}

TEST(ErrorBody, IsCleanedAndBounded) {
    EXPECT_EQ(message_in_error_body("{\"error\":\"a\\u001b[2Jb\\r\\nc\"}"), "a[2Jb c");
    EXPECT_EQ(message_in_error_body("{\"error\":\"" + std::string(100'000, 'x') + "\"}").size(), 200U);
}

TEST(ErrorBody, MayNestAsDeepAsItLikes) {
    std::string body;
    for (int i = 0; i < 100'000; ++i)
        body += "{\"error\":";
    EXPECT_EQ(message_in_error_body(body), "");
    body.assign(100'000, '[');
    EXPECT_EQ(message_in_error_body(body), "");
}

}  // namespace
}  // namespace streamgauge::api
