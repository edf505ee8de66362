#include "scenarios/url_parser.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::HasSubstr;

TEST(ParseUrl, SplitsAnAddress) {
    const auto url = parse_url("https://chat.example/v1/chat/completions?api-version=2");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->tls);
    EXPECT_EQ(url->host, "chat.example");
    EXPECT_EQ(url->port, 443);
    EXPECT_EQ(url->path_and_query, "/v1/chat/completions?api-version=2");
    EXPECT_EQ(url->userinfo, std::nullopt);
    EXPECT_EQ(url->text, "https://chat.example/v1/chat/completions?api-version=2");
}

TEST(ParseUrl, FillsInPortAndPath) {
    EXPECT_EQ(parse_url("http://h")->port, 80);
    EXPECT_EQ(parse_url("http://h")->path_and_query, "/");
    EXPECT_EQ(parse_url("http://h?a=b")->path_and_query, "/?a=b");
    EXPECT_EQ(parse_url("http://h:/")->port, 80);
    EXPECT_EQ(parse_url("HTTPS://h:8443/x")->port, 8443);
    EXPECT_TRUE(parse_url("HTTPS://h")->tls);
    EXPECT_EQ(parse_url("http://h:1/")->port, 1);
    EXPECT_EQ(parse_url("http://h:65535/")->port, 65535);
}

TEST(ParseUrl, TakesIpv6WithoutItsBrackets) {
    const auto url = parse_url("http://[::1]:8080/v1");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "::1");
    EXPECT_EQ(url->port, 8080);
    EXPECT_EQ(url->text, "http://[::1]:8080/v1");
}

TEST(ParseUrl, TakesUserinfoOutAndDecodesIt) {
    const auto url = parse_url("http://user:p%40ss@h:81/v1");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->userinfo, "user:p@ss");
    EXPECT_EQ(url->text, "http://h:81/v1");
    EXPECT_EQ(url->host, "h");
    EXPECT_EQ(written_userinfo("http://user:p%40ss@h:81/v1"), "user:p%40ss");
    EXPECT_EQ(written_userinfo("http://h/"), "");
}

TEST(ParseUrl, RefusesWithAReasonThatShowsNothingOfTheAddress) {
    const std::vector<std::pair<std::string, std::string>> refused{
        {"", "needs `http://`"},
        {"127.0.0.1:8080/v1", "needs `http://`"},
        {"localhost:8080", "needs `http://`"},
        {"//h/v1", "needs `http://`"},
        {"ftp://s3cret@h/", "needs `http://`"},
        {"http:h", "names no host"},
        {"http:///v1", "names no host"},
        {"http://::1:8080/", "IPv6 address stands in brackets"},
        {"http://h:0/", "a number from 1 to 65535"},
        {"http://h:65536/", "a number from 1 to 65535"},
        {"http://h:99999999999/", "a number from 1 to 65535"},
        {"http://h/#s3cret", "fragment"},
        {"http://h/a b", "cannot be read as a URL"},
        {"http://h/\r\nHost: x", "cannot be read as a URL"},
        {"http://u:s3cret/x@h/", "a number from 1 to 65535"},
        {"http://[::1]x/", "between its host and its path"},
        {"http://h:s3cret/", "a number from 1 to 65535"},
        {"http://h:8o80/", "a number from 1 to 65535"},
        {"http://u:12/s3cret@h/", "`@` after its host"},
        {"http://u:12?s3cret@h/", "`@` after its host"},
        {"http://h%0d%0aX:1/", "characters that no host name has"},
        {"http://m\xc3\xbcller/", "cannot be read as a URL"},
        {"http://u:%0d%0a@h/", "control characters"},
        {"http://h/" + std::string(9000, 'x'), "longer than 8 KiB"},
        {"http://" + std::string(300, 'x') + "/", "characters that no host name has"},
    };
    for (const auto& [text, reason] : refused) {
        const auto url = parse_url(text);
        ASSERT_FALSE(url) << text;
        EXPECT_THAT(url.error().fault, HasSubstr(reason)) << text;
        EXPECT_THAT(url.error().fault, ::testing::Not(HasSubstr("s3cret"))) << text;
    }
}

TEST(ParseHostPort, SplitsAndRefuses) {
    EXPECT_EQ(parse_host_port("10.0.0.7:8000")->host, "10.0.0.7");
    EXPECT_EQ(parse_host_port("10.0.0.7:8000")->port, 8000);
    EXPECT_EQ(parse_host_port("[fe80::1]:81")->host, "fe80::1");
    EXPECT_EQ(parse_host_port("a_b.local:1")->host, "a_b.local");
    for (const char* text : {"", "h", "h:", ":80", "h:0", "h:65536", "::1:80", "u@h:80", "h:80/x", "h :80"}) {
        EXPECT_FALSE(parse_host_port(text)) << text;
    }
}

TEST(QueryParameters, KeepsValuesAsSent) {
    const auto parameters = query_parameters(*parse_url("http://h/p?api%5Fkey=a%20b&empty=&alone&x=1"));
    ASSERT_EQ(parameters.size(), 4U);
    EXPECT_EQ(parameters[0].name, "api_key");
    EXPECT_EQ(parameters[0].value, "a%20b");
    EXPECT_EQ(parameters[3].value, "1");
    EXPECT_TRUE(query_parameters(*parse_url("http://h/p")).empty());
}

}  // namespace
}  // namespace streamgauge::scenarios
