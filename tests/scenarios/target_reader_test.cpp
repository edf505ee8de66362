#include "scenarios/target_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Targets, ShortAndLongFormsSayTheSame) {
    const Scenario scenario =
        loaded(scenario_with_targets("{ short: \"http://h/v1\", long: { url: \"http://h/v1\" } }"));
    ASSERT_EQ(scenario.targets.size(), 2U);
    EXPECT_EQ(scenario.targets[0].name, "short");
    EXPECT_EQ(scenario.targets[0].url.text, scenario.targets[1].url.text);
    EXPECT_EQ(scenario.targets[0].api, Target{}.api);
}

TEST(Targets, ReadEveryKey) {
    const auto ca_file = std::filesystem::path(STREAMGAUGE_SOURCE_DIR) / "scenarios/minimal.yaml";
    const Scenario scenario = loaded(scenario_with_targets(
        "\n  api:\n    url: https://chat.example/v1\n    connect_to: \"[::1]:8000\"\n    api: "
        "anthropic-messages\n"
        "    headers: { X-A: b }\n    accept_encoding: [gzip, deflate]\n    tls: { ca_file: " +
        ca_file.string() + ", server_name: other.example, insecure: false, cert_file: " + ca_file.string() +
        ", key_file: " + ca_file.string() + ", session_reuse: true }"));
    const Target& target = scenario.targets.at(0);
    EXPECT_EQ(target.connect_to->host, "::1");
    EXPECT_EQ(target.connect_to->port, 8000);
    EXPECT_EQ(target.api, "anthropic-messages");
    EXPECT_EQ(target.headers.at(0).name, "X-A");
    EXPECT_THAT(target.accept_encoding, ElementsAre("gzip", "deflate"));
    EXPECT_EQ(target.tls.ca_file, ca_file);
    EXPECT_EQ(target.tls.server_name, "other.example");
    EXPECT_FALSE(target.tls.insecure);
    EXPECT_EQ(target.tls.cert_file, ca_file);
    EXPECT_EQ(target.tls.key_file, ca_file);
    EXPECT_TRUE(target.tls.session_reuse);
}

TEST(Targets, WarnAboutUncheckedCertificates) {
    const LoadResult result = parse_scenario(
        scenario_with_targets("{ api: { url: \"https://h/\", tls: { insecure: true } } }"), "a.yaml");
    ASSERT_TRUE(result.scenario);
    EXPECT_TRUE(result.scenario->targets[0].tls.insecure);
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].severity, Severity::warning);
    EXPECT_THAT(result.diagnostics[0].message, HasSubstr("switches certificate checks off"));
}

TEST(Split, SharesAreEqualWithoutIt) {
    const Scenario scenario =
        loaded(scenario_with_targets("{ a: \"http://h/\", b: \"http://i/\", c: \"http://j/\" }"));
    for (const Target& target : scenario.targets)
        EXPECT_DOUBLE_EQ(target.share, 1.0 / 3);
}

TEST(Split, SetsShares) {
    const Scenario scenario =
        loaded(scenario_with_targets("{ a: \"http://h/\", b: \"http://i/\" }", "split: { b: 90%, a: 10% }"));
    EXPECT_DOUBLE_EQ(scenario.targets[0].share, 0.1);
    EXPECT_DOUBLE_EQ(scenario.targets[1].share, 0.9);
}

TEST(Split, ThirdsMayBeRounded) {
    const Scenario scenario =
        loaded(scenario_with_targets("{ a: \"http://h/\", b: \"http://i/\", c: \"http://j/\" }",
                                     "split: { a: 33.33%, b: 33.33%, c: 33.33% }"));
    EXPECT_DOUBLE_EQ(scenario.targets[0].share + scenario.targets[1].share + scenario.targets[2].share, 1.0);
}

TEST(Split, RefusesSharesOfNothing) {
    EXPECT_THAT(diagnostics_of(scenario_with_targets("{ a: \"http://h/\", b: \"http://i/\" }",
                                                     "split: { a: 100%, b: 0% }")),
                ElementsAre(HasSubstr("`split.b` is 0%")));
}

}  // namespace
}  // namespace streamgauge::scenarios
