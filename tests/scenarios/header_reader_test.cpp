#include "scenarios/header_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string with_headers(std::string_view headers) {
    return scenario_with_targets(fmt::format("{{ api: {{ url: \"http://h/\", headers: {} }} }}", headers));
}

TEST(Headers, KeepOrderAndSpelling) {
    const Scenario scenario = loaded(with_headers("{ X-B: two, x-a: \"\", X-Version: 2, X-Flag: true }"));
    const auto& headers = scenario.targets[0].headers;
    ASSERT_EQ(headers.size(), 4U);
    EXPECT_EQ(headers[0].name, "X-B");
    EXPECT_EQ(headers[0].value, "two");
    EXPECT_EQ(headers[1].value, "");
    EXPECT_EQ(headers[2].value, "2");
    EXPECT_EQ(headers[3].value, "true");
    EXPECT_FALSE(headers[0].secret);
    EXPECT_THAT(scenario.secrets, IsEmpty());
}

TEST(Headers, FromTheEnvironmentAreSecret) {
    const Scenario scenario = loaded(
        with_headers(
            "{ Authorization: \"Bearer ${env:KEY}\", X-Team: \"${env:TEAM}\", X-Who: \"${env:NO:-me}\" }"),
        with_environment({{"KEY", "sk-1234"}, {"TEAM", "ab"}}));
    const auto& headers = scenario.targets[0].headers;
    EXPECT_EQ(headers[0].value, "Bearer sk-1234");
    EXPECT_TRUE(headers[0].secret);
    EXPECT_TRUE(headers[1].secret);
    EXPECT_TRUE(headers[2].secret);
    EXPECT_THAT(scenario.secrets, ElementsAre("Bearer sk-1234", "sk-1234"));
    EXPECT_THAT(scenario.source, HasSubstr("Bearer ${env:KEY}"));
}

TEST(Headers, ThatAreCredentialsAreSecretAsWritten) {
    for (const char* name :
         {"Authorization", "authorization", "X-API-Key", "api-key", "Cookie", "proxy-authorization"}) {
        const Scenario scenario = loaded(with_headers(fmt::format("{{ {}: Bearer sk-1234 }}", name)));
        EXPECT_TRUE(scenario.targets[0].headers[0].secret) << name;
        EXPECT_THAT(scenario.secrets, ElementsAre("Bearer sk-1234", "sk-1234")) << name;
        EXPECT_THAT(scenario.source, HasSubstr(fmt::format("{}: *** }}", name)));
        EXPECT_THAT(scenario.source, Not(HasSubstr("sk-1234")));
    }
}

TEST(Headers, ADefaultOfACredentialIsHiddenToo) {
    const Scenario scenario =
        loaded(with_headers("{ x-api-key: \"${env:KEY:-sk-default}\" }"), with_environment({}));
    EXPECT_THAT(scenario.source, Not(HasSubstr("sk-default")));
    EXPECT_THAT(scenario.secrets, Contains("sk-default"));
}

TEST(Headers, AVariableMaySmuggleNothingIn) {
    const auto said = diagnostics_of(with_headers("{ X-A: \"${env:KEY}\" }"),
                                     with_environment({{"KEY", "sk-1234\r\nX-Evil: 1"}}));
    ASSERT_EQ(said.size(), 1U);
    EXPECT_THAT(said[0], HasSubstr("holds a line break"));
    EXPECT_THAT(said[0], Not(HasSubstr("sk-1234")));
}

TEST(Headers, RefuseWhatStreamgaugeWritesItself) {
    for (const char* name :
         {"Host", "content-length", "TRANSFER-ENCODING", "Connection", "Accept-Encoding", "X-Request-ID"}) {
        EXPECT_THAT(diagnostics_of(with_headers(fmt::format("{{ {}: x }}", name))),
                    ElementsAre(HasSubstr("cannot be set")))
            << name;
    }
}

TEST(Headers, RefuseNamesAndValuesThatCannotBeSent) {
    EXPECT_THAT(diagnostics_of(with_headers("{ \"a b\": x, \"a:\": x, \"\": x }")),
                ElementsAre(HasSubstr("cannot be the name"), HasSubstr("cannot be the name"),
                            HasSubstr("cannot be the name")));
    EXPECT_THAT(diagnostics_of(with_headers("{ X-A: { b: c }, X-B: ~ }")),
                ElementsAre(HasSubstr("a mapping is not one"), HasSubstr("an empty value is not one")));
    EXPECT_THAT(diagnostics_of(with_headers("{ X-A: one, x-A: two }")),
                ElementsAre(HasSubstr("given twice")));
    EXPECT_THAT(diagnostics_of(with_headers(fmt::format("{{ X-A: {} }}", std::string(70'000, 'x')))),
                ElementsAre(HasSubstr("longer than 64 KiB")));
}

TEST(SameHeaderName, IgnoresCase) {
    EXPECT_TRUE(same_header_name("X-Api-Key", "x-api-KEY"));
    EXPECT_FALSE(same_header_name("X-Api-Key", "X-Api-Keys"));
}

}  // namespace
}  // namespace streamgauge::scenarios
