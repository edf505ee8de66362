#include "scenarios/overrides.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view two_phases =
    "[{ phase: warm-up, users: 5, warmup: true }, { phase: peak, rate: 5/s, for: 60s }]";

std::vector<std::string> complaints(std::string path, std::string value) {
    return diagnostics_of(scenario_with_load(two_phases),
                          with_overrides({{std::move(path), std::move(value)}}));
}

TEST(Overrides, AddressPhasesByName) {
    const Scenario scenario =
        loaded(scenario_with_load(two_phases),
               with_overrides({{"load.peak.rate", "50/s"}, {"load.warm-up.users", "7"}}));
    EXPECT_EQ(std::get<OpenLoop>(scenario.load[1].shape).rate.to, 50);
    EXPECT_EQ(std::get<ClosedLoop>(scenario.load[0].shape).users.to, 7);
}

TEST(Overrides, AddWhatTheFileLeavesOut) {
    const Scenario scenario =
        loaded(scenario_with(""),
               with_overrides({{"drain", "1s"}, {"limits.requests", "5"}, {"limits.output_tokens", "1k"}}));
    EXPECT_EQ(scenario.drain, 1s);
    EXPECT_EQ(scenario.limits.requests, 5);
    EXPECT_EQ(scenario.limits.output_tokens, 1000);
}

TEST(Overrides, TheLastOneWins) {
    EXPECT_EQ(loaded(scenario_with("drain: 9s"), with_overrides({{"drain", "1s"}, {"drain", "2s"}})).drain,
              2s);
}

TEST(Overrides, ReadTheValueAsYaml) {
    const Scenario scenario =
        loaded(scenario_with(""), with_overrides({{"load.steady.users", "{ from: 1, to: 9, over: 2s }"},
                                                  {"expect", "[errors < 1%, \"ttft.p95 < 1s\"]"},
                                                  {"workload.prompts", "\"42\""}}));
    EXPECT_EQ(std::get<ClosedLoop>(scenario.load[0].shape).users.to, 9);
    EXPECT_EQ(scenario.expect.size(), 2U);
    EXPECT_EQ(std::get<TextPrompt>(scenario.workload.prompts).text, "42");
}

TEST(Overrides, ReachIntoAShortTarget) {
    const Scenario scenario =
        loaded(scenario_with(""), with_overrides({{"targets.api.connect_to", "127.0.0.1:9"}}));
    ASSERT_TRUE(scenario.targets[0].connect_to);
    EXPECT_EQ(scenario.targets[0].connect_to->port, 9);
    EXPECT_EQ(scenario.targets[0].url.port, 8080);
}

TEST(Overrides, TakeVariables) {
    LoadOptions options = with_environment({{"PAUSE", "3s"}});
    options.overrides = {{"drain", "${env:PAUSE}"}};
    EXPECT_EQ(loaded(scenario_with(""), options).drain, 3s);
}

TEST(Overrides, SayWhatAPathDoesNotFind) {
    EXPECT_THAT(
        complaints("load.peek.rate", "5/s"),
        ElementsAre("--set load.peek.rate: error: `load` has no phase `peek`; it has warm-up, peak (did "
                    "you mean `peak`?)"));
    EXPECT_THAT(complaints("load.0.rate", "5/s"), ElementsAre(HasSubstr("`load` has no phase `0`")));
    EXPECT_THAT(
        complaints("load.peak.raet", "5/s"),
        ElementsAre("--set load.peak.raet: error: unknown key `raet` in `load.peak` (did you mean `rate`?)"));
    EXPECT_THAT(complaints("drian", "5s"),
                ElementsAre(HasSubstr("unknown key `drian` in a scenario (did you")));
    EXPECT_THAT(complaints("targets.apl.url", "http://h/"),
                ElementsAre(HasSubstr("there is no target `apl`; there is api (did you mean `api`?)")));
    EXPECT_THAT(complaints("load.peak.rate.to", "5/s"),
                ElementsAre(HasSubstr("`load.peak.rate` is a single value")));
    EXPECT_THAT(diagnostics_of(scenario_with("expect: [errors < 1%]"), with_overrides({{"expect.0", "x"}})),
                ElementsAre(HasSubstr("`expect` is a list; set it as a whole")));
}

TEST(Overrides, SayWhatIsWrongWithPathOrValue) {
    for (const char* path : {"", ".", "load.", "load..rate"}) {
        EXPECT_THAT(complaints(path, "5s"), ElementsAre(HasSubstr("a path is keys with dots between")))
            << path;
    }
    EXPECT_THAT(complaints("drain", ""), ElementsAre(HasSubstr("--set drain: error: has no value")));
    EXPECT_THAT(complaints("drain", "[5s"), ElementsAre(HasSubstr("--set drain: error: the value: ")));
    EXPECT_THAT(complaints("drain", "5"),
                ElementsAre(HasSubstr("--set drain: error: `drain` needs a duration")));
    EXPECT_THAT(complaints("limits", "{ requests: 1, requests: 2 }"),
                ElementsAre(HasSubstr("duplicate key")));
}

TEST(Overrides, RefuseHeadersHoweverTheyCome) {
    const auto refused = ElementsAre(AllOf(HasSubstr("headers cannot be set by an argument"),
                                           HasSubstr("${env:NAME}"), Not(HasSubstr("s3cret"))));
    EXPECT_THAT(complaints("targets.api.headers.Authorization", "Bearer s3cret"), refused);
    EXPECT_THAT(complaints("targets.api.headers", "{ Authorization: s3cret }"), refused);
    EXPECT_THAT(complaints("targets.api", "{ url: \"http://h/\", headers: { X-Api-Key: s3cret } }"), refused);
    EXPECT_THAT(complaints("targets", "{ api: { url: \"http://h/\", headers: { X-Api-Key: s3cret } } }"),
                refused);
}

TEST(Overrides, RefusePasswordsInAddresses) {
    for (const char* url : {"http://user:s3cret@h/", "http://h/?api_key=s3cret"}) {
        EXPECT_THAT(complaints("targets.api", url),
                    ElementsAre(AllOf(HasSubstr("holds a password or key"), Not(HasSubstr("s3cret")))));
    }
}

}  // namespace
}  // namespace streamgauge::scenarios
