#include "scenarios/url_reader.h"

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
using ::testing::UnorderedElementsAre;

std::string with_url(std::string_view url) {
    return scenario_with_targets(fmt::format("{{ api: \"{}\" }}", url));
}

TEST(ReadUrl, PasswordsAreSecretInEveryFormAServerMayEcho) {
    const Scenario scenario =
        loaded(with_url("http://user:${env:PASSWORD}@h/v1"), with_environment({{"PASSWORD", "pw%401234"}}));
    EXPECT_EQ(scenario.targets[0].url.userinfo, "user:pw@1234");
    EXPECT_EQ(scenario.targets[0].url.text, "http://h/v1");
    EXPECT_THAT(scenario.secrets, UnorderedElementsAre("user:pw@1234", "user:pw%401234", "pw@1234",
                                                       "pw%401234", "dXNlcjpwd0AxMjM0"));
    EXPECT_THAT(scenario.source, HasSubstr("user:${env:PASSWORD}@h"));
}

TEST(ReadUrl, APasswordInTheFileIsHiddenInTheSource) {
    const Scenario scenario = loaded(with_url("http://user:pw-1234@h/v1?key=k-5678&model=chat"));
    EXPECT_THAT(scenario.source, HasSubstr("http://***@h/v1?key=***&model=chat"));
    EXPECT_THAT(scenario.secrets, Contains("pw-1234"));
    EXPECT_THAT(scenario.secrets, Contains("k-5678"));
    EXPECT_THAT(scenario.secrets, Not(Contains("chat")));
}

TEST(ReadUrl, TheQueryIsSecretAsFarAsItComesFromTheEnvironment) {
    const auto secrets = [](std::string_view url) {
        return loaded(with_url(url), with_environment({{"HOST", "h.example"},
                                                       {"SIGNATURE", "abcd1234"},
                                                       {"ADDRESS", "http://h/?code=wxyz&v=1"}}))
            .secrets;
    };
    EXPECT_THAT(secrets("http://${env:HOST}/v1?a=plain"), IsEmpty());
    EXPECT_THAT(secrets("http://h/v1?a=${env:SIGNATURE}"), ElementsAre("abcd1234"));
    EXPECT_THAT(secrets("http://h/v1?a=${env:NOPE:-fallback}"), IsEmpty());
    EXPECT_THAT(secrets("${env:ADDRESS}"), ElementsAre("wxyz"));
}

TEST(ReadUrl, ErrorsShowNothingOfTheAddress) {
    const auto said = diagnostics_of(with_url("http://user:${env:PASSWORD}@h/v1"),
                                     with_environment({{"PASSWORD", "s3cret/s3cret"}}));
    ASSERT_EQ(said.size(), 1U);
    EXPECT_THAT(said[0], HasSubstr("`targets.api` has a port that is not a number"));
    EXPECT_THAT(said[0], Not(HasSubstr("s3cret")));
}

}  // namespace
}  // namespace streamgauge::scenarios
