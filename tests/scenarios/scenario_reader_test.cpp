#include "scenarios/scenario_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ScenarioReader, FillsInDefaults) {
    const Scenario scenario = loaded(scenario_with(""));
    const Scenario defaults;
    EXPECT_EQ(scenario.name, defaults.name);
    EXPECT_EQ(scenario.seed, defaults.seed);
    EXPECT_EQ(scenario.drain, defaults.drain);
    EXPECT_EQ(scenario.timeouts.connect, defaults.timeouts.connect);
    EXPECT_EQ(scenario.workload.model, defaults.workload.model);
    EXPECT_TRUE(scenario.expect.empty());
}

TEST(ScenarioReader, ReadsTheTopLevel) {
    const Scenario scenario = loaded(scenario_with("name: chat through the gateway\nseed: 42\ndrain: 0s"));
    EXPECT_EQ(scenario.version, 1);
    EXPECT_EQ(scenario.name, "chat through the gateway");
    EXPECT_EQ(scenario.seed, 42);
    EXPECT_EQ(scenario.drain, 0s);
}

TEST(ScenarioReader, NamesEverySectionThatIsMissing) {
    EXPECT_THAT(diagnostics_of("name: nothing\n"),
                ElementsAre(HasSubstr("has no `version`"), HasSubstr("has no `targets`"),
                            HasSubstr("has no `load`")));
}

TEST(ScenarioReader, KnowsNoKeysOfLaterVersions) {
    for (const char* key : {"sessions"}) {
        EXPECT_THAT(diagnostics_of(scenario_with(std::string(key) + ": {}")),
                    ElementsAre(HasSubstr("unknown key `" + std::string(key) + "`")));
    }
}

TEST(ScenarioReader, ReadsOneVersionOnly) {
    for (const char* version : {"2", "0", "\"1\"", "1.0", "[1]", ""}) {
        const std::string text = "version: " + std::string(version) + scenario_with("").substr(10);
        EXPECT_THAT(diagnostics_of(text), ElementsAre(HasSubstr("this program reads version 1"))) << version;
    }
}

TEST(ScenarioReader, KeepsSeedsThatJsonCanHold) {
    EXPECT_EQ(loaded(scenario_with("seed: 9007199254740991")).seed, 9007199254740991);
    EXPECT_THAT(diagnostics_of(scenario_with("seed: 9007199254740992")),
                ElementsAre(HasSubstr("`seed` needs")));
}

}  // namespace
}  // namespace streamgauge::scenarios
