#include "scenarios/loader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::filesystem::path samples = std::filesystem::path(STREAMGAUGE_SOURCE_DIR) / "scenarios";

std::string only_line(const LoadResult& result) {
    EXPECT_EQ(result.diagnostics.size(), 1U);
    EXPECT_FALSE(result.scenario);
    return result.diagnostics.empty() ? "" : format_diagnostic(result.diagnostics[0]);
}

TEST(LoadScenario, RemembersWhereItCameFrom) {
    const LoadResult result = load_scenario(samples / "minimal.yaml");
    ASSERT_TRUE(result.scenario);
    EXPECT_EQ(result.scenario->file, samples / "minimal.yaml");
    EXPECT_THAT(result.scenario->source, StartsWith("# yaml-language-server"));
    EXPECT_THAT(result.scenario->source, HasSubstr("${env:STREAMGAUGE_URL:-http://127.0.0.1:8080}"));
}

TEST(LoadScenario, TakesTheNameOfItsFileWhereItHasNone) {
    const auto minimal = load_scenario(samples / "minimal.yaml");
    ASSERT_TRUE(minimal.scenario);
    EXPECT_EQ(minimal.scenario->name, "minimal");
    const auto named = load_scenario(samples / "baseline.yaml");
    ASSERT_TRUE(named.scenario);
    EXPECT_EQ(named.scenario->name, "no slower than before");
}

TEST(LoadScenario, SaysWhyAFileCannotBeRead) {
    EXPECT_THAT(only_line(load_scenario(samples / "none.yaml")),
                HasSubstr("none.yaml: error: there is no such file"));
    EXPECT_THAT(only_line(load_scenario(samples)), HasSubstr("this is a folder"));
    EXPECT_THAT(only_line(load_scenario("/dev/null")), HasSubstr("/dev/null: error: the scenario is empty"));
    EXPECT_THAT(only_line(load_scenario("/dev/zero")), HasSubstr("larger than 1 MiB")) << "read no further";
}

TEST(LoadScenario, LooksIntoTheProcessEnvironment) {
    ASSERT_EQ(setenv("STREAMGAUGE_LOADER_TEST", "from the process", 1), 0);
    EXPECT_EQ(loaded(scenario_with("name: \"${env:STREAMGAUGE_LOADER_TEST}\"")).name, "from the process");
    unsetenv("STREAMGAUGE_LOADER_TEST");
}

TEST(ParseScenario, NamesTheFileInEveryDiagnostic) {
    const LoadResult result = parse_scenario(scenario_with("drian: 5s\nnmae: x"), "dir/chat.yaml");
    EXPECT_FALSE(result.scenario);
    ASSERT_EQ(result.diagnostics.size(), 2U);
    EXPECT_EQ(format_diagnostic(result.diagnostics[0]),
              "dir/chat.yaml:4:1: error: unknown key `drian` in a scenario (did you mean `drain`?)");
}

TEST(ParseScenario, SaysEverythingAtOnceInFileOrder) {
    EXPECT_THAT(diagnostics_of("version: 2\nload: [{ phase: a, users: x, for: 5 }]\ntargets: { a: ftp://h }\n"
                               "expect: [bad]\nname: \"${env:NOPE}\"\n",
                               with_environment({})),
                ElementsAre(StartsWith("1:10:"), StartsWith("2:27:"), StartsWith("2:35:"),
                            StartsWith("3:15:"), StartsWith("4:10:"), StartsWith("5:7:")));
}

TEST(ParseScenario, AnUnsetVariableIsOneErrorNotTwo) {
    EXPECT_THAT(
        diagnostics_of("version: 1\ntargets: { a: \"${env:NOPE}\" }\nload: \"${env:NOPE}\"\nexpect: "
                       "\"${env:NOPE}\"\nlimits: \"${env:NOPE}\"\nworkload: { prompts: \"${env:NOPE}\" }\n",
                       with_environment({})),
        ::testing::Each(HasSubstr("is not set")));
}

TEST(ParseScenario, WarningsDoNotStandInTheWay) {
    const LoadResult result = parse_scenario(
        "version: 1\ntargets: { a: http://h }\nload: [{ phase: a, rate: 1/s, for: 5s }]\nexpect: [ttft.p95 < "
        "1s]\n",
        "");
    EXPECT_TRUE(result.scenario);
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].severity, Severity::warning);
}

TEST(ParseScenario, PassesOverAByteOrderMark) {
    EXPECT_EQ(loaded("\xef\xbb\xbf" + scenario_with("name: marked")).name, "marked");
}

TEST(ParseScenario, BoundsTheText) {
    EXPECT_THAT(only_line(parse_scenario(std::string(1024 * 1024 + 1, '#'), "a.yaml")),
                HasSubstr("larger than 1 MiB"));
}

}  // namespace
}  // namespace streamgauge::scenarios
