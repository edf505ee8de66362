#include "report/summary/goodput.h"

#include "tests/report/summary/run_fixture.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::report {
namespace {

using namespace testing;
using scenarios::Comparator;
using scenarios::Condition;
using scenarios::Unit;

Condition limit(const std::string& metric, const std::string& statistic, nanoseconds value) {
    return {metric, statistic, Comparator::less, static_cast<double>(value.count()), Unit::duration, {}};
}

TEST(Goodput, AsksForEveryLimit) {
    const GoodputLimits limits{limit("ttft", "", 1s), limit("itl", "max", 500ms)};
    EXPECT_TRUE(meets(completed_request(0s, 999ms, 499ms), limits));
    EXPECT_FALSE(meets(completed_request(0s, 1s, 499ms), limits));
    EXPECT_FALSE(meets(completed_request(0s, 999ms, 500ms), limits));
}

TEST(Goodput, OnlyACompletedRequestIsGood) {
    auto request = completed_request();
    request.outcome = Outcome::truncated;
    EXPECT_FALSE(meets(request, GoodputLimits{limit("ttft", "", 1s)}));
}

TEST(Goodput, OneTokenBreaksNoLimitOnGaps) {
    auto request = completed_request();
    request.token_events = 1;
    request.max_gap.reset();
    request.tpot.reset();
    EXPECT_TRUE(meets(
        request, GoodputLimits{limit("itl", "max", 1ms), limit("tpot", "", 1ms), limit("max_gap", "", 1ms)}));
    EXPECT_TRUE(meets(request, GoodputLimits{limit("ttft", "", 1s)}));
}

TEST(Goodput, WhatIsMissingFails) {
    RequestMetrics empty;
    empty.outcome = Outcome::completed;
    EXPECT_FALSE(meets(empty, GoodputLimits{limit("ttft", "", 1h)}));
    EXPECT_FALSE(meets(empty, GoodputLimits{limit("itl", "max", 1h)})) << "no token is not one token";
    EXPECT_FALSE(meets(completed_request(), GoodputLimits{limit("nonsense", "", 1h)}));
}

TEST(Goodput, KnowsEveryFigureOfTheLanguage) {
    const auto request = completed_request();
    for (const char* metric : {"ttft", "ttft_sent", "ttfa", "tpot", "e2e", "max_gap"}) {
        EXPECT_TRUE(meets(request, GoodputLimits{limit(metric, "", 1h)})) << metric;
        EXPECT_FALSE(meets(request, GoodputLimits{limit(metric, "", 1ns)})) << metric;
    }
}

TEST(Goodput, KeepsTheOrderOfTheExpectations) {
    auto scenario = scenario_of({"direct"});
    scenario.expect.resize(3);
    scenario.expect[0].goodput_limits = {limit("ttft", "", 1s)};
    scenario.expect[2].goodput_limits = {limit("e2e", "", 1s)};
    const auto limits = goodput_limits(scenario);
    ASSERT_EQ(limits.size(), 2U);
    EXPECT_EQ(limits[1][0].metric, "e2e");
}

TEST(Goodput, ComparesEachWay) {
    EXPECT_TRUE(compares(1, Comparator::less, 2));
    EXPECT_FALSE(compares(2, Comparator::less, 2));
    EXPECT_TRUE(compares(2, Comparator::less_or_equal, 2));
    EXPECT_TRUE(compares(3, Comparator::greater, 2));
    EXPECT_FALSE(compares(2, Comparator::greater, 2));
    EXPECT_TRUE(compares(2, Comparator::greater_or_equal, 2));
    EXPECT_TRUE(compares(2, Comparator::equal, 2));
    EXPECT_TRUE(compares(3, Comparator::not_equal, 2));
}

}  // namespace
}  // namespace streamgauge::report
