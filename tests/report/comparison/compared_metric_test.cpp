#include "report/comparison/compared_metric.h"

#include <gtest/gtest.h>

#include <algorithm>

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
    for (const auto name : usual_gate) {
        EXPECT_NE(std::ranges::find(usual_compared_metrics(), name, &ComparedMetric::name),
                  usual_compared_metrics().end());
    }
}

}  // namespace
}  // namespace streamgauge::report
