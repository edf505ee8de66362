#include "scenarios/expectation_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(Expectations, AreTextsOrMappings) {
    const Scenario scenario = loaded(scenario_with(
        "expect:\n  - errors < 1%\n  - { check: \"ttft.p95 < 800ms\", target: api, phase: steady }"));
    ASSERT_EQ(scenario.expect.size(), 2U);
    EXPECT_EQ(scenario.expect[0].text, "errors < 1%");
    EXPECT_EQ(scenario.expect[0].target, std::nullopt);
    EXPECT_EQ(scenario.expect[0].where.line, 5);
    EXPECT_FALSE(scenario.expect[0].implied);
    EXPECT_EQ(scenario.expect[1].target, "api");
    EXPECT_EQ(scenario.expect[1].phase, "steady");
    EXPECT_EQ(scenario.expect[1].condition.metric, "ttft");
}

TEST(Expectations, MayBeNone) {
    EXPECT_THAT(loaded(scenario_with("expect: []")).expect, IsEmpty());
}

TEST(Expectations, PointIntoTheText) {
    EXPECT_THAT(
        diagnostics_of(scenario_with("expect:\n  - ttft.p95 < 800\n  - \"ttft.p95 < 800\"\n"
                                     "  - |\n    ttft.p95 < 800\n  - \"ttft.p95 < ${env:NOPE:-800}\"")),
        ElementsAre(StartsWith("5:16: error: expectation `ttft.p95 < 800`"), StartsWith("6:17: error"),
                    StartsWith("7:5: error"), StartsWith("9:5: error")));
}

TEST(Expectations, TakeVariables) {
    const Scenario scenario =
        loaded(scenario_with("expect: [\"ttft.p95 < ${env:LIMIT}\"]"), with_environment({{"LIMIT", "2s"}}));
    EXPECT_EQ(scenario.expect.at(0).condition.value, 2e9);
    EXPECT_EQ(scenario.expect.at(0).text, "ttft.p95 < 2s");
}

TEST(Expectations, NameTargetsAndPhasesThatAreThere) {
    EXPECT_THAT(
        diagnostics_of(scenario_with("expect: [{ check: errors < 1%, target: apo, phase: nowhere }]")),
        ElementsAre(HasSubstr("no target `apo`; there is api (did you mean `api`?)"),
                    HasSubstr("no phase `nowhere`; there is steady")));
}

TEST(Expectations, MayHaveWindows) {
    const Scenario scenario = loaded(scenario_with("expect: [ttft.p50 per 10s < 1s, errors < 1%]"));
    EXPECT_EQ(scenario.expect.at(0).window, std::chrono::seconds{10});
    EXPECT_EQ(scenario.expect.at(1).window, std::nullopt);
}

TEST(Expectations, HaveTenThousandWindowsAtMost) {
    EXPECT_THAT(diagnostics_of(scenario_with("expect: [errors per 3ms < 1%]")), IsEmpty());
    EXPECT_THAT(
        diagnostics_of(scenario_with("expect:\n  - errors per 2ms < 1%\n"
                                     "  - { check: errors per 1ms < 1%, phase: steady }")),
        ElementsAre("5:5: error: expectation `errors per 2ms < 1%`: phase `steady` (30s) would have 15000 "
                    "windows, and 10000 are the most; write a longer one than 2ms",
                    HasSubstr("would have 30000 windows")));
}

TEST(Expectations, CountGoodputAgainstOneSetOfLimits) {
    EXPECT_THAT(diagnostics_of(scenario_with(
                    "expect:\n  - goodput(ttft < 1s, itl.max < 2s) > 99%\n"
                    "  - { check: \"goodput(itl.max < 2s, ttft < 1000ms) > 90%\", target: api }")),
                IsEmpty());
    EXPECT_THAT(
        diagnostics_of(scenario_with("expect:\n  - goodput(ttft < 1s) > 99%\n  - goodput(ttft <= 1s) > 99%")),
        ElementsAre(HasSubstr("goodput has other limits here")));
}

}  // namespace
}  // namespace streamgauge::scenarios
