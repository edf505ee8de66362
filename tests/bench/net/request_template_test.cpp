#include "bench/net/request_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::net {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

scenarios::Target target() {
    scenarios::Target target;
    target.url.host = "chat.example";
    target.url.path_and_query = "/v1/chat/completions?x=1";
    return target;
}

std::string fill(const scenarios::Target& target, std::string_view api = "openai-chat", bool reuse = true) {
    const auto dialect = api::make_dialect(api);
    return RequestTemplate{target, *dialect, reuse}.fill("the-id", "{}");
}

TEST(RequestTemplate, WritesAWholeRequest) {
    const auto request = fill(target());
    EXPECT_THAT(request, StartsWith("POST /v1/chat/completions?x=1 HTTP/1.1\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nHost: chat.example\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nContent-Type: application/json\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nAccept-Encoding: identity\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nX-Request-Id: the-id\r\n"));
    EXPECT_THAT(request, EndsWith("\r\nContent-Length: 2\r\n\r\n{}"));
    EXPECT_THAT(request, Not(HasSubstr("Connection:")));
}

TEST(RequestTemplate, ThePortIsPartOfHostUnlessItIsTheSchemesOwn) {
    auto other = target();
    other.url.port = 8080;
    EXPECT_THAT(fill(other), HasSubstr("Host: chat.example:8080\r\n"));
    other.url.tls = true;
    other.url.port = 443;
    EXPECT_THAT(fill(other), HasSubstr("Host: chat.example\r\n"));
    other.url.host = "::1";
    other.url.port = 8443;
    EXPECT_THAT(fill(other), HasSubstr("Host: [::1]:8443\r\n"));
}

TEST(RequestTemplate, TheScenariosHeadersWin) {
    auto own = target();
    own.headers = {
        {"user-agent", "mine", false}, {"X-Request-Id", "fixed", false}, {"Content-Length", "99", false}};
    const auto request = fill(own);
    EXPECT_THAT(request, HasSubstr("user-agent: mine\r\n"));
    EXPECT_THAT(request, Not(HasSubstr("streamgauge/")));
    EXPECT_THAT(request, Not(HasSubstr("the-id")));
    EXPECT_THAT(request, Not(HasSubstr("99")));
}

TEST(RequestTemplate, TheDialectAddsWhatItsApiWants) {
    EXPECT_THAT(fill(target(), "anthropic-messages"), HasSubstr("anthropic-version: 2023-06-01\r\n"));
}

TEST(RequestTemplate, UserinfoBecomesBasicAuthentication) {
    auto own = target();
    own.url.userinfo = "user:pass";
    EXPECT_THAT(fill(own), HasSubstr("Authorization: Basic dXNlcjpwYXNz\r\n"));
}

TEST(RequestTemplate, CodingsAreListedAndWithoutReuseTheConnectionCloses) {
    auto own = target();
    own.accept_encoding = {"gzip", "deflate"};
    const auto request = fill(own, "openai-chat", false);
    EXPECT_THAT(request, HasSubstr("Accept-Encoding: gzip, deflate\r\n"));
    EXPECT_THAT(request, HasSubstr("Connection: close\r\n"));
}

}  // namespace
}  // namespace streamgauge::net
