#include "report/export/run_info.h"

#include "tests/report/export/recording_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using namespace std::chrono_literals;

scenarios::LoadPhase closed(scenarios::Ramp users, nanoseconds think = 0ns) {
    return {"phase", scenarios::ClosedLoop{users, think}, 10s, false};
}

scenarios::LoadPhase open(scenarios::Ramp rate, scenarios::Arrivals arrivals = scenarios::Arrivals::constant,
                          std::optional<std::uint64_t> max_in_flight = {}) {
    return {"phase", scenarios::OpenLoop{rate, arrivals, max_in_flight}, 10s, false};
}

TEST(DescribeShapeTest, SaysHowTheLoadGoes) {
    EXPECT_EQ(describe_shape(closed({0, 1, 0ns})), "1 user");
    EXPECT_EQ(describe_shape(closed({0, 1000, 0ns})), "1,000 users");
    EXPECT_EQ(describe_shape(closed({0, 1000, 10s}, 1s)), "0 to 1,000 users over 10s, 1s think time");
    EXPECT_EQ(describe_shape(closed({5, 1, 2s})), "5 to 1 users over 2s");
    EXPECT_EQ(describe_shape(closed({7, 7, 2s})), "7 users");
    EXPECT_EQ(describe_shape(open({0, 50, 0ns}, scenarios::Arrivals::poisson)), "50/s poisson");
    EXPECT_EQ(describe_shape(open({0, 0.5, 0ns})), "0.5/s constant");
    EXPECT_EQ(describe_shape(open({1, 1500, 30s}, scenarios::Arrivals::constant, 2000)),
              "1 to 1,500/s constant over 30s, at most 2,000 in flight");
}

TEST(DescribeRunTest, KnowsScenarioMachineAndProgram) {
    const auto info = describe_run(recorded_scenario(), 4, recorded_start_unix_ns);
    EXPECT_EQ(info.scenario_name, "recorded");
    EXPECT_EQ(info.version, STREAMGAUGE_VERSION);
    EXPECT_EQ(info.seed, 7U);
    EXPECT_EQ(info.workers, 4U);
    EXPECT_EQ(info.start_unix_ns, recorded_start_unix_ns);
    EXPECT_FALSE(info.host.empty());
    EXPECT_FALSE(info.kernel.empty());
    ASSERT_EQ(info.targets.size(), 2U);
    EXPECT_EQ(info.targets[1].name, "gateway");
    EXPECT_EQ(info.targets[1].api, "openai-chat");
    ASSERT_EQ(info.phases.size(), 2U);
    EXPECT_TRUE(info.phases[0].warmup);
    EXPECT_EQ(info.phases[1].start, 10s);
    EXPECT_EQ(info.phases[1].duration, 10s);
    EXPECT_EQ(info.phases[1].shape, "100/s constant");
}

TEST(DescribeRunTest, MasksSecrets) {
    auto scenario = recorded_scenario();
    scenario.name += recorded_secret;
    scenario.targets[0].url.text = "http://localhost/?key=" + std::string(recorded_secret);
    const auto info = describe_run(scenario, 1, 0);
    EXPECT_EQ(info.scenario_name, "recorded***");
    EXPECT_EQ(info.targets[0].url, "http://localhost/?key=***");
}

}  // namespace
}  // namespace streamgauge::report
