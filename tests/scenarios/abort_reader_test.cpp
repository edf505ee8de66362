#include "scenarios/abort_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(AbortWhen, IsAListOfConditions) {
    const Scenario scenario =
        loaded(scenario_with("abort_when:\n  - errors > 20% for 5s\n  - \"ttft.p95 > 5s for 10s\""));
    ASSERT_EQ(scenario.abort_when.size(), 2U);
    EXPECT_EQ(scenario.abort_when[0].text, "errors > 20% for 5s");
    EXPECT_EQ(scenario.abort_when[0].where.line, 5);
    EXPECT_EQ(scenario.abort_when[1].condition.statistic, "p95");
    EXPECT_EQ(scenario.abort_when[1].held_for, 10s);
}

TEST(AbortWhen, MayBeNone) {
    EXPECT_THAT(loaded(scenario_with("")).abort_when, IsEmpty());
    EXPECT_THAT(loaded(scenario_with("abort_when: []")).abort_when, IsEmpty());
}

TEST(AbortWhen, TakesVariables) {
    const Scenario scenario = loaded(scenario_with("abort_when: [\"errors > ${env:LIMIT} for 5s\"]"),
                                     with_environment({{"LIMIT", "30%"}}));
    EXPECT_DOUBLE_EQ(scenario.abort_when.at(0).condition.value, 0.3);
}

TEST(AbortWhen, PointsIntoTheText) {
    EXPECT_THAT(
        diagnostics_of(scenario_with("abort_when:\n  - errors > 20% for 5\n  - \"errors > 5\"\n  - {}")),
        ElementsAre(StartsWith("5:22: error: condition `errors > 20% for 5`: "),
                    StartsWith("6:16: error: condition `errors > 5`: "), StartsWith("7:5: error: ")));
}

TEST(AbortWhen, WarnsOfAConditionThatCannotStrike) {
    const LoadResult result =
        parse_scenario(scenario_with("abort_when: [errors > 20% for 1h]"), "scenario.yaml");
    ASSERT_TRUE(result.scenario);
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].severity, Severity::warning);
    EXPECT_THAT(result.diagnostics[0].message, HasSubstr("can never strike: the phases last 30s in total"));
}

}  // namespace
}  // namespace streamgauge::scenarios
