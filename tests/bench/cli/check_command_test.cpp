#include "tests/bench/cli/temporary_folder.h"
#include "tests/bench/cli/test_console.h"

#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto good = R"(version: 1
name: two ways
targets:
  direct: { url: "http://127.0.0.1:1/v1/chat/completions", api: openai-chat }
  gateway: { url: "http://127.0.0.1:2/v1/chat/completions", api: openai-chat }
split: { direct: 50%, gateway: 50% }
load:
  - { phase: warm-up, users: 2, for: 5s, warmup: true }
  - { phase: steady, users: 5, for: 60s }
expect:
  - "errors < 1%"
)";

class CheckCommand : public ::testing::Test {
  protected:
    int check(std::string_view text, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"check", folder.write("scenario.yaml", text).string()});
        return test.run(more);
    }
    TemporaryFolder folder;
    TestConsole test;
};

TEST_F(CheckCommand, SaysWhatAValidScenarioHolds) {
    EXPECT_EQ(check(good), 0);
    EXPECT_EQ(test.out.str(), "scenario is valid: 2 targets, 2 phases over 65s, 1 expectation\n");
}

TEST_F(CheckCommand, TakesOverrides) {
    EXPECT_EQ(check(good, {"--set", "load.steady.for=10s", "--set", "load.warm-up.for=1s"}), 0);
    EXPECT_THAT(test.out.str(), HasSubstr("2 phases over 11s"));
}

TEST_F(CheckCommand, WarnsAboutWhatThisMachineLacks) {
    const std::string more = "connections: { source_addresses: [ 192.0.2.77 ] }\n";
    EXPECT_EQ(check(good + more), 0) << "another machine may have it";
    EXPECT_THAT(test.err.str(), HasSubstr("warning: on this machine: `connections.source_addresses` names "
                                          "192.0.2.77, which is no address of this machine"));
}

TEST_F(CheckCommand, NamesACertificateThatCannotBeUsed) {
    const auto file = folder.write("own.pem", "no certificate\n").string();
    const std::string text =
        "version: 1\ntargets:\n  api:\n    url: https://127.0.0.1:1/v1\n    tls: { cert_file: " + file +
        ", key_file: " + file + " }\nload: [{ phase: steady, users: 1 }]\n";
    EXPECT_EQ(check(text), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("error: target `api`: cannot read a certificate from `" + file));
}

TEST_F(CheckCommand, OverrideNeedsAnEqualsSign) {
    EXPECT_EQ(check(good, {"--set", "seed"}), 2);
    EXPECT_EQ(test.err.str(),
              "streamgauge: --set seed is not of the form path=value, such as load.steady.for=10s\n");
}

TEST_F(CheckCommand, TellsAllErrorsAtOnceWithTheirPlaces) {
    EXPECT_EQ(check("version: 1\n"
                    "targets:\n"
                    "  a: { url: \"http://127.0.0.1:1/\", api: openai-chatt }\n"
                    "load:\n"
                    "  - { phase: steady, users: 5, for: 60 }\n"
                    "sed: 7\n"),
              2);
    EXPECT_THAT(test.err.str(), AllOf(HasSubstr("scenario.yaml:3:"), HasSubstr("scenario.yaml:5:"),
                                      HasSubstr("scenario.yaml:6:1: error: "), HasSubstr("seed")));
    EXPECT_THAT(test.out.str(), IsEmpty());
}

TEST_F(CheckCommand, MissingFileIsOneSentence) {
    EXPECT_EQ(test.run({"check", "/nowhere/scenario.yaml"}), 2);
    EXPECT_EQ(test.err.str(), "streamgauge: there is no scenario file /nowhere/scenario.yaml\n");
}

TEST_F(CheckCommand, FolderIsNoScenario) {
    EXPECT_EQ(test.run({"check", folder.path().string()}), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("is a folder; name the scenario file in it"));
}

TEST_F(CheckCommand, ReadsThePromptFileToo) {
    folder.write("prompts.jsonl", "\"one\"\n{\"prompt\": 7}\n");
    EXPECT_EQ(check(std::string(good) + "workload: { prompts: { file: prompts.jsonl } }\n"), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("prompts.jsonl:2: `prompt` must be a string"));
}

TEST_F(CheckCommand, EnvironmentComesFromTheConsole) {
    const std::string text =
        "version: 1\n"
        "targets:\n"
        "  a: { url: \"http://127.0.0.1:1/\", api: openai-chat,\n"
        "       headers: { Authorization: \"Bearer ${env:SOME_KEY}\" } }\n"
        "load:\n"
        "  - { phase: steady, users: 5, for: 60s }\n";
    EXPECT_EQ(check(text), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("SOME_KEY"));
    test.variables["SOME_KEY"] = "k3y";
    EXPECT_EQ(check(text), 0);
}

}  // namespace
}  // namespace streamgauge::cli
