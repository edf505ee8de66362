#include "scenarios/settings_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

#include <limits>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Settings, ReadEveryKey) {
    const Scenario scenario = loaded(
        scenario_with("limits: { requests: 100k, output_tokens: 5M }\nconnections: { reuse: false, max: 4000,"
                      "  max_rate: 300000/m, source_addresses: [127.0.0.2, '0::1'] }\n"
                      "timeouts: { connect: 2s, first_token: 3s, idle: 4s, stall: 5s, total: 6s }\n"
                      "budgets: { ttft: 7s, gap: 8ms, stall: 9s }"));
    EXPECT_EQ(scenario.limits.requests, 100'000);
    EXPECT_EQ(scenario.limits.output_tokens, 5'000'000);
    EXPECT_FALSE(scenario.connections.reuse);
    EXPECT_EQ(scenario.connections.max, 4000);
    EXPECT_EQ(scenario.connections.max_rate, 5000);
    EXPECT_THAT(scenario.connections.source_addresses, ElementsAre("127.0.0.2", "::1"));
    EXPECT_EQ(scenario.timeouts.connect, 2s);
    EXPECT_EQ(scenario.timeouts.first_token, 3s);
    EXPECT_EQ(scenario.timeouts.idle, 4s);
    EXPECT_EQ(scenario.timeouts.stall, 5s);
    EXPECT_EQ(scenario.timeouts.total, 6s);
    EXPECT_EQ(scenario.budgets.ttft, 7s);
    EXPECT_EQ(scenario.budgets.gap, 8ms);
    EXPECT_EQ(scenario.budgets.stall, 9s);
}

TEST(Settings, LeaveDefaultsOfWhatIsNotSaid) {
    const Scenario scenario =
        loaded(scenario_with("limits: {}\nconnections: {}\ntimeouts: { idle: 4s }\nbudgets: {}"));
    EXPECT_EQ(scenario.limits.requests, std::nullopt);
    EXPECT_TRUE(scenario.connections.reuse);
    EXPECT_EQ(scenario.timeouts.total, Timeouts{}.total);
    EXPECT_EQ(scenario.budgets.gap, Budgets{}.gap);
}

TEST(Settings, RefuseUnknownKeysAndZero) {
    EXPECT_THAT(
        diagnostics_of(scenario_with("limits: { request: 5 }\nconnections: { mx: 5 }\n"
                                     "timeouts: { total: 0s, ttft: 1s }\nbudgets: { gaps: 1s }")),
        ElementsAre(HasSubstr("did you mean `requests`?"), HasSubstr("did you mean `max`?"),
                    HasSubstr("`timeouts.total` must be longer than 0"),
                    HasSubstr("unknown key `ttft` in `timeouts`; its keys are connect, first_token, idle"),
                    HasSubstr("did you mean `gap`?")));
}

TEST(Settings, PaceNewConnectionsUnlessAskedNotTo) {
    EXPECT_GE(loaded(scenario_with("")).connections.max_rate, 10'000) << "10,000 users start within a second";
    EXPECT_EQ(loaded(scenario_with("connections: { max_rate: unlimited }")).connections.max_rate,
              std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace streamgauge::scenarios
