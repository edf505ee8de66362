#include "scenarios/workload_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Workload, ReadsEveryKey) {
    const Workload workload =
        loaded(scenario_with("workload:\n  model: my-model\n  prompts: hello\n  max_tokens: 256\n"
                             "  usage: false\n  request: { extra: { temperature: 0 } }"))
            .workload;
    EXPECT_EQ(workload.model, "my-model");
    EXPECT_EQ(std::get<TextPrompt>(workload.prompts).text, "hello");
    EXPECT_EQ(workload.max_tokens, 256);
    EXPECT_FALSE(workload.usage);
    EXPECT_EQ(workload.extra.at("temperature"), 0);
}

TEST(Workload, HasDefaults) {
    const Workload workload = loaded(scenario_with("workload: { request: {} }")).workload;
    EXPECT_EQ(workload.model, Workload{}.model);
    EXPECT_EQ(workload.max_tokens, std::nullopt);
    EXPECT_TRUE(workload.usage);
    EXPECT_TRUE(workload.extra.empty());
}

TEST(Workload, RefusesUnknownKeysOnEachLevel) {
    EXPECT_THAT(diagnostics_of(scenario_with("workload: { modle: x, request: { extras: {} } }")),
                ElementsAre(HasSubstr("unknown key `modle` in `workload` (did you mean `model`?)"),
                            HasSubstr("unknown key `extras` in `workload.request` (did you mean `extra`?)")));
}

}  // namespace
}  // namespace streamgauge::scenarios
