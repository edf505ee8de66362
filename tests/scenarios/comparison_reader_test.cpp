#include "scenarios/comparison_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto three_targets = "{ a: \"http://h/\", b: \"http://i/\", c: \"http://j/\" }";

TEST(Compare, IsAbsentUnlessWritten) {
    EXPECT_FALSE(loaded(scenario_with_targets(three_targets)).comparison);
}

TEST(Compare, TakesFreshPromptsByDefault) {
    const auto scenario =
        loaded(scenario_with_targets(three_targets, "compare: { base: b, with: [c, a], order: abba }"));
    ASSERT_TRUE(scenario.comparison);
    EXPECT_EQ(scenario.comparison->base, 1u);
    EXPECT_THAT(scenario.comparison->with, ElementsAre(2, 0));
    EXPECT_EQ(scenario.comparison->prompts, PairPrompts::fresh);
    EXPECT_FALSE(scenario.comparison->chain);
    EXPECT_EQ(scenario.comparison->requests_per_arrival(), 3u);
}

TEST(Compare, TakesIdenticalPrompts) {
    const auto scenario = loaded(
        scenario_with_targets(three_targets, "compare: { base: a, with: [b, c], prompts: identical }"));
    EXPECT_EQ(scenario.comparison->prompts, PairPrompts::identical);
}

TEST(Compare, TakesNamesFromTheEnvironment) {
    const auto text =
        scenario_with_targets(three_targets, "compare: { base: \"${env:BASE:-b}\", with: [c, a] }");
    EXPECT_EQ(loaded(text).comparison->base, 1u);
}

TEST(Compare, GivesEachTargetAnEqualShare) {
    const auto scenario = loaded(scenario_with_targets(three_targets, "compare: { base: b, with: [c, a] }"));
    for (const Target& target : scenario.targets)
        EXPECT_DOUBLE_EQ(target.share, 1.0 / 3);
}

TEST(Hops, GoOutwardFromTheOneNearestToTheServer) {
    const auto scenario = loaded(scenario_with_targets(three_targets, "hops: [b, a, c]"));
    ASSERT_TRUE(scenario.comparison);
    EXPECT_TRUE(scenario.comparison->chain);
    EXPECT_EQ(scenario.comparison->base, 2u);
    EXPECT_THAT(scenario.comparison->with, ElementsAre(0, 1));
}

TEST(Hops, TakeInEveryTarget) {
    EXPECT_THAT(diagnostics_of(scenario_with_targets(three_targets, "hops: [b, a]")),
                ElementsAre(HasSubstr("`hops` leaves out target `c`")));
}

TEST(Hops, AreAList) {
    EXPECT_THAT(diagnostics_of(scenario_with_targets(three_targets, "hops: a")),
                ElementsAre(HasSubstr("needs a list of 2 or more targets")));
}

/// One phase of `shape`, three targets that are compared.
std::vector<std::string> warnings(std::string_view shape, std::string_view more = "") {
    std::string text = "version: 1\ntargets: ";
    text += three_targets;
    text +=
        "\ncompare: { base: a, with: [b, c] }\nload: [{ phase: warm, rate: 1/s, for: 1s, warmup: true }, ";
    text.append("{ phase: steady, ").append(shape).append(" }]\n").append(more);
    EXPECT_TRUE(parse_scenario(text, "").scenario);
    return diagnostics_of(text);
}

TEST(Compare, WarnsOfFewerThanFivePairs) {
    EXPECT_THAT(
        warnings("rate: 12/s, for: 1s"),
        ElementsAre(
            "3:1: warning: phase `steady` sends about 4 requests to each target, but a comparison needs at "
            "least 5 pairs; lengthen the phase, or raise its rate or its limit (rates and limits count "
            "the requests to all targets)"));
    EXPECT_THAT(warnings("rate: 15/s, for: 1s"), IsEmpty());
    EXPECT_THAT(warnings("users: 1, for: 1s", "limits: { requests: 14 }\n"),
                ElementsAre(HasSubstr("needs at least 5 pairs")));
    EXPECT_THAT(warnings("users: 1, for: 1s"), IsEmpty()) << "nobody knows beforehand";
}

TEST(Compare, HoldNeedsPairsAndNotSamples) {
    EXPECT_THAT(warnings("rate: 15/s, for: 1s", "expect: [ hold.p95 < 1s ]\n"), IsEmpty());
}

}  // namespace
}  // namespace streamgauge::scenarios
