#include "scenarios/baseline_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Baseline baseline_of(const std::string& text) {
    const auto scenario = loaded(scenario_with_targets("{ a: \"http://h/\" }", text));
    EXPECT_TRUE(scenario.baseline);
    return scenario.baseline.value_or(Baseline{});
}

std::vector<std::string> texts_of(const Baseline& baseline) {
    std::vector<std::string> texts;
    texts.reserve(baseline.runs.size());
    for (const auto& run : baseline.runs)
        texts.push_back(run.text);
    return texts;
}

TEST(BaselineReader, IsAbsentUnlessWritten) {
    EXPECT_FALSE(loaded(scenario_with_targets("{ a: \"http://h/\" }")).baseline);
}

TEST(BaselineReader, TakesAFolderOrAListOfThem) {
    const auto one = baseline_of("baseline: runs/last-good");
    EXPECT_THAT(texts_of(one), ElementsAre("runs/last-good"));
    EXPECT_THAT(one.gate, ElementsAre("ttft.p95", "tpot.p95", "errors"));
    EXPECT_GT(one.where.line, 0);
    EXPECT_THAT(texts_of(baseline_of("baseline: [a, b]")), ElementsAre("a", "b"));
    EXPECT_THAT(texts_of(baseline_of("baseline: { runs: a }")), ElementsAre("a"));
}

TEST(BaselineReader, FoldersAreRelativeToTheScenario) {
    const auto runs = baseline_of("baseline: [../runs/a, /srv/runs/b]").runs;
    ASSERT_EQ(runs.size(), 2u);
    EXPECT_TRUE(runs[0].folder.is_absolute());
    EXPECT_EQ(runs[0].folder.filename(), "a");
    EXPECT_EQ(runs[0].folder, runs[0].folder.lexically_normal());
    EXPECT_EQ(runs[1].folder, "/srv/runs/b");
}

TEST(BaselineReader, TakesGateAndFloor) {
    const auto baseline =
        baseline_of("baseline: { gate: [e2e.p50], floor: { relative: 10%, time: 0s, errors: 1% } }");
    EXPECT_THAT(baseline.runs, IsEmpty()) << "the command line names them";
    EXPECT_THAT(baseline.gate, ElementsAre("e2e.p50"));
    EXPECT_DOUBLE_EQ(baseline.floor.relative, 0.1);
    EXPECT_EQ(baseline.floor.time, 0ns);
    EXPECT_DOUBLE_EQ(baseline.floor.errors, 0.01);
    EXPECT_EQ(baseline_of("baseline: { runs: a }").floor.time, 2ms);
}

TEST(BaselineReader, TakesAFolderFromTheEnvironment) {
    EXPECT_THAT(texts_of(baseline_of("baseline: \"${env:LAST_GOOD:-runs/1}\"")), ElementsAre("runs/1"));
}

}  // namespace
}  // namespace streamgauge::scenarios
