#include "report/comparison/run_observations.h"

#include "tests/report/comparison/observed_run.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const RunObservations::Key steady{"gateway", "steady"};

std::size_t at(std::string_view name) {
    const auto& metrics = usual_compared_metrics();
    return static_cast<std::size_t>(std::ranges::find(metrics, name, &ComparedMetric::name) -
                                    metrics.begin());
}

FigureOrReason figure(const RunObservations& run, std::string_view name) {
    return run.find(steady)->figure(usual_compared_metrics(), at(name), 1);
}

TEST(RunObservationsTest, GivesFiguresOfEachGroup) {
    const auto run = observed_run("run", 200ms, 1, 10);
    ASSERT_THAT(run.groups(), ElementsAre(steady));
    EXPECT_NEAR(figure(run, "ttft.p50").figure->value, 200e6, 4e6);
    EXPECT_DOUBLE_EQ(figure(run, "errors").figure->value, 0.1);
    EXPECT_EQ(figure(run, "errors").figure->samples, 1200u);
    EXPECT_EQ(figure(run, "tpot.p95").figure->samples, 1080u);
}

TEST(RunObservationsTest, LeavesWarmUpsOut) {
    auto scenario = scenario_of({"gateway"}, {"warm-up", "steady"});
    scenario.load.front().warmup = true;
    RunObservations run("run", scenario, usual_compared_metrics());
    run.add(completed_request());
    EXPECT_THAT(run.groups(), ElementsAre(steady));
    EXPECT_EQ(run.find({"gateway", "warm-up"}), nullptr);
    EXPECT_EQ(run.find(steady), nullptr) << "no request came";
}

TEST(RunObservationsTest, CountsTimeoutsAboveAllAndCancelledRequestsNot) {
    RunObservations run("run", scenario_of({"gateway"}), usual_compared_metrics());
    for (int i = 0; i < 600; ++i) {
        auto request = i % 10 == 0 ? failed_request(Outcome::timeout_first_token, 10s) : completed_request();
        if (i % 10 == 1) request = failed_request(Outcome::cancelled);
        request.start = i * 100ms;
        run.add(request);
    }
    EXPECT_EQ(figure(run, "ttft.p95").figure->value, censored_value);
    EXPECT_NEAR(figure(run, "errors").figure->value, 60.0 / 540, 1e-9);
}

TEST(RunObservationsTest, SaysWhyThereIsNoFigure) {
    RunObservations run("run", scenario_of({"gateway"}), usual_compared_metrics());
    for (int i = 0; i < 58; ++i)
        run.add(completed_request(i * 1s));
    EXPECT_EQ(figure(run, "ttft.p95").reason, "58 requests, 59 needed");
    EXPECT_TRUE(figure(run, "ttft.p50").figure);
    RunObservations brief("brief", scenario_of({"gateway"}), usual_compared_metrics());
    for (int i = 0; i < 500; ++i)
        brief.add(completed_request(i * 1ms));
    EXPECT_THAT(figure(brief, "ttft.p95").reason, HasSubstr("too short"));
}

}  // namespace
}  // namespace streamgauge::report
