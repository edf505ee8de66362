#include "scenarios/prompts_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = LengthDistribution::Kind;

decltype(Workload::prompts) prompts(std::string_view yaml) {
    return loaded(scenario_with(fmt::format("workload: {{ prompts: {} }}", yaml))).workload.prompts;
}

SyntheticPrompts synthetic(std::string_view yaml) {
    return std::get<SyntheticPrompts>(prompts(fmt::format("{{ synthetic: {} }}", yaml)));
}

std::vector<std::string> complaints(std::string_view yaml) {
    return diagnostics_of(scenario_with(fmt::format("workload: {{ prompts: {} }}", yaml)));
}

TEST(Prompts, ATextHasTwoForms) {
    EXPECT_EQ(std::get<TextPrompt>(prompts("hello there")).text, "hello there");
    EXPECT_EQ(std::get<TextPrompt>(prompts("{ text: hello there }")).text, "hello there");
}

TEST(Prompts, AFileIsRelativeToTheScenario) {
    const std::filesystem::path folder = std::filesystem::path(STREAMGAUGE_SOURCE_DIR) / "scenarios";
    const LoadResult result = parse_scenario(scenario_with("workload: { prompts: { file: prompts.jsonl } }"),
                                             folder / "made-up.yaml");
    ASSERT_TRUE(result.scenario);
    EXPECT_EQ(std::get<FilePrompts>(result.scenario->workload.prompts).file, folder / "prompts.jsonl");
}

TEST(Prompts, SyntheticOnesHaveALengthAndASharedPrefix) {
    EXPECT_EQ(synthetic("{}").words.a, LengthDistribution{}.a);
    const SyntheticPrompts fixed = synthetic("{ words: 200, shared_prefix: 60% }");
    EXPECT_EQ(fixed.words.kind, Kind::constant);
    EXPECT_EQ(fixed.words.a, 200);
    EXPECT_EQ(fixed.shared_prefix, 0.6);
    const auto expect_words = [](std::string_view yaml, Kind kind, double a, double b) {
        const LengthDistribution words = synthetic(fmt::format("{{ words: {{ {} }} }}", yaml)).words;
        EXPECT_EQ(words.kind, kind) << yaml;
        EXPECT_EQ(words.a, a) << yaml;
        EXPECT_EQ(words.b, b) << yaml;
    };
    expect_words("uniform: { min: 5, max: 50 }", Kind::uniform, 5, 50);
    expect_words("normal: { mean: 100, stddev: 0 }", Kind::normal, 100, 0);
    expect_words("lognormal: { median: 200, p95: 1500 }", Kind::lognormal, 200, 1500);
}

TEST(Prompts, RefuseWhatCannotBeMadeUp) {
    EXPECT_THAT(complaints("{ synthetic: { words: 0 } }"), ElementsAre(HasSubstr("from 1 to 1000000")));
    EXPECT_THAT(complaints("{ synthetic: { words: { lognormal: { median: 200, p95: 100 } } } }"),
                ElementsAre(HasSubstr("p95 is below median")));
    EXPECT_THAT(complaints("{ synthetic: { words: {} } }"),
                ElementsAre(HasSubstr("exactly one of uniform, normal and lognormal")));
    EXPECT_THAT(complaints("{ synthetic: { words: { uniform: { min: 1, max: 2, mean: 3 } } } }"),
                ElementsAre(HasSubstr("unknown key `mean`")));
    EXPECT_THAT(complaints("{}"), ElementsAre(HasSubstr("exactly one of text, file and synthetic")));
    EXPECT_THAT(complaints("{ txt: hello }"), ElementsAre(HasSubstr("did you mean `text`?")));
    EXPECT_THAT(complaints("[hello]"), ElementsAre(HasSubstr("needs a mapping")));
    EXPECT_THAT(complaints("{ file: no-such-file.jsonl }"),
                ElementsAre(HasSubstr("no-such-file.jsonl does not exist")));
}

}  // namespace
}  // namespace streamgauge::scenarios
