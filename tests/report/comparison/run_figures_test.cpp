#include "report/comparison/run_figures.h"

#include "tests/report/comparison/observed_run.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;

const RunFigures::Key steady{"gateway", "steady"};

TEST(RunFiguresTest, HoldsWhatTheObservationsSay) {
    const auto run = observed_run("run", 200ms, 1, 10);
    const auto& metrics = usual_compared_metrics();
    const auto figures = figures_of(run, metrics, 7);
    EXPECT_EQ(figures.label, "run");
    EXPECT_EQ(figures.groups, run.groups());
    for (std::size_t at = 0; at < metrics.size(); ++at) {
        const auto& kept = figures.find(steady, at);
        const auto measured = run.find(steady)->figure(metrics, at, 7);
        ASSERT_TRUE(kept.figure) << metrics[at].name;
        EXPECT_EQ(kept.value, measured.value);
        EXPECT_EQ(kept.figure->variance, measured.figure->variance);
    }
}

TEST(RunFiguresTest, SaysWhereNoRequestCame) {
    const RunObservations empty("run", scenario_of({"gateway"}), usual_compared_metrics());
    const auto figures = figures_of(empty, usual_compared_metrics(), 1);
    EXPECT_EQ(figures.find(steady, 0).reason, "no requests");
    EXPECT_FALSE(figures.find({"other", "steady"}, 0).value);
}

}  // namespace
}  // namespace streamgauge::report
