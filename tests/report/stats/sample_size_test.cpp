#include "report/stats/sample_size.h"

#include "scenarios/metric_catalogue.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace streamgauge::report {
namespace {

TEST(MinimumSamples, AreThoseOfTheMeasurementRules) {
    for (const auto& [quantile, samples] :
         {std::pair{0.5, 5U}, {0.9, 29U}, {0.95, 59U}, {0.99, 299U}, {0.999, 2'995U}}) {
        EXPECT_EQ(minimum_samples(quantile), samples) << quantile;
    }
}

TEST(MinimumSamples, AreThoseThatAScenarioIsCheckedFor) {
    for (const auto& [name, quantile] :
         {std::pair{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p99.9", 0.999}}) {
        EXPECT_EQ(scenarios::minimum_samples(name), minimum_samples(quantile)) << name;
    }
}

TEST(MinimumSamples, AreTheFewestThatReach95Percent) {
    for (const double quantile : {0.1, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999}) {
        const auto samples = static_cast<double>(minimum_samples(quantile));
        EXPECT_GE(1 - std::pow(quantile, samples), 0.95) << quantile;
        EXPECT_LT(1 - std::pow(quantile, samples - 1), 0.95) << quantile;
    }
}

TEST(MinimumSamples, AreOneAtTheEnds) {
    EXPECT_EQ(minimum_samples(0), 1U);
    EXPECT_EQ(minimum_samples(1), 1U);
}

}  // namespace
}  // namespace streamgauge::report
