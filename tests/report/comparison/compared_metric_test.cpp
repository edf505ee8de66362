#include "report/comparison/compared_metric.h"

#include "scenarios/metric_catalogue.h"
#include "scenarios/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace streamgauge::report {
namespace {

TEST(ComparedMetricTest, ReadsAMetricAndItsQuantile) {
    const auto metric = parse_compared_metric("ttft.p95");
    ASSERT_TRUE(metric);
    EXPECT_EQ(metric->metric, Metric::ttft);
    EXPECT_EQ(metric->quantile, 0.95);
    EXPECT_FALSE(metric->is_share());
    EXPECT_TRUE(parse_compared_metric("errors")->is_share());
}

TEST(ComparedMetricTest, RefusesWhatIsNoFigureOfARequest) {
    for (const auto* const text :
         {"", "ttft", "ttft.p42", "ttft.", ".p95", "itl.p95", "errors.p95", "speed.p50"})
        EXPECT_FALSE(parse_compared_metric(text)) << text;
}

TEST(ComparedMetricTest, UsualOnesHoldTheUsualGate) {
    for (const auto& name : scenarios::Baseline{}.gate) {
        EXPECT_NE(std::ranges::find(usual_compared_metrics(), name, &ComparedMetric::name),
                  usual_compared_metrics().end());
    }
}

TEST(ComparedMetricTest, IsWhatAScenarioMayGate) {
    for (const auto& metric : scenarios::metrics) {
        for (const auto statistic : scenarios::statistics) {
            const auto text = std::string(metric.name) + "." + std::string(statistic);
            EXPECT_EQ(parse_compared_metric(text).has_value(), scenarios::is_compared_figure(text)) << text;
        }
        EXPECT_EQ(parse_compared_metric(metric.name).has_value(), scenarios::is_compared_figure(metric.name))
            << metric.name;
    }
}

TEST(ComparedMetricTest, GatedOnesAreLookedAtBesideTheUsual) {
    const auto metrics = compared_metrics({"ttft.p95", "connect.p90", "speed.p50"});
    ASSERT_EQ(metrics.size(), usual_compared_metrics().size() + 1);
    EXPECT_EQ(metrics.back().name, "connect.p90");
}

}  // namespace
}  // namespace streamgauge::report
