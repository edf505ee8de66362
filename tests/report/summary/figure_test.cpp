#include "report/summary/figure.h"

#include "tests/report/summary/group_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using Kind = Figure::Kind;
using scenarios::Unit;
using ::testing::HasSubstr;
using ::testing::Optional;

TEST(Figure, OfAPercentile) {
    const auto group = measured_group();
    const auto figure = figure_of(group, duration_condition("ttft", "p95", 1s));
    EXPECT_EQ(figure.kind, Kind::measured);
    EXPECT_EQ(figure.value, 400e6);
    EXPECT_THAT(figure.low, Optional(380e6));
    EXPECT_THAT(figure.high, Optional(420e6));
    EXPECT_EQ(figure.text, "400ms");
}

TEST(Figure, OfMinimumMaximumMeanAndDeviation) {
    const auto group = measured_group();
    for (const auto& [statistic, value] :
         {std::pair{"min", 100e6}, {"max", 900e6}, {"mean", 250e6}, {"stddev", 50e6}}) {
        EXPECT_EQ(figure_of(group, duration_condition("ttft", statistic, 1s)).value, value) << statistic;
    }
}

TEST(Figure, OfTooFewSamplesIsMissing) {
    auto group = measured_group();
    group.metrics.at("ttft").count = 58;
    for (auto& percentile : group.metrics.at("ttft").percentiles)
        percentile.enough_samples = false;
    const auto figure = figure_of(group, duration_condition("ttft", "p95", 1s));
    EXPECT_EQ(figure.kind, Kind::missing);
    EXPECT_EQ(figure.reason, "ttft.p95 needs at least 59 samples and has 58");
}

TEST(Figure, AmongCensoredRequestsIsAboveTheCut) {
    auto group = measured_group();
    auto& ttft = group.metrics.at("ttft");
    ttft.censored = 100;
    ttft.censored_above = 10s;
    for (auto& percentile : ttft.percentiles)
        percentile.value.reset();
    for (const char* statistic : {"p95", "max"}) {
        const auto figure = figure_of(group, duration_condition("ttft", statistic, 1s));
        EXPECT_EQ(figure.kind, Kind::above) << statistic;
        EXPECT_EQ(figure.value, 10e9) << statistic;
        EXPECT_EQ(figure.text, "> 10s") << statistic;
    }
    const auto mean = figure_of(group, duration_condition("ttft", "mean", 1s));
    EXPECT_EQ(mean.kind, Kind::above);
    EXPECT_NEAR(mean.value, (1'000 * 250e6 + 100 * 10e9) / 1'100, 1)
        << "each waited at least until it was cut";
}

TEST(Figure, OfAnAbsentMetricIsMissing) {
    const auto figure = figure_of(measured_group(), duration_condition("tls", "p95", 1s));
    EXPECT_EQ(figure.kind, Kind::missing);
    EXPECT_THAT(figure.reason, HasSubstr("`tls`"));
}

TEST(Figure, OfAGroupWithoutRequestsIsMissing) {
    auto group = measured_group();
    group.due = 0;
    EXPECT_EQ(figure_of(group, duration_condition("ttft", "p95", 1s)).reason, "no request was due");
    EXPECT_EQ(figure_of(group, ratio_condition("errors", 0.01)).reason, "no request was due");
}

TEST(Figure, OfErrorsHasItsWilsonInterval) {
    auto group = measured_group();
    group.errors = {5, 100};
    const auto figure = figure_of(group, ratio_condition("errors", 0.01));
    EXPECT_EQ(figure.value, 0.05);
    EXPECT_EQ(figure.text, "5% (5 of 100)");
    EXPECT_NEAR(*figure.low, 0.0215, 1e-4);
    EXPECT_NEAR(*figure.high, 0.1118, 1e-4);
}

TEST(Figure, OfGoodputIsThatOfItsExpectation) {
    auto group = measured_group();
    group.goodputs = {{90, 100}, {50, 100}};
    EXPECT_EQ(figure_of(group, ratio_condition("goodput", 0.99), 0).value, 0.9);
    EXPECT_EQ(figure_of(group, ratio_condition("goodput", 0.99), 1).value, 0.5);
    EXPECT_EQ(figure_of(group, ratio_condition("goodput", 0.99), 2).kind, Kind::missing);
}

TEST(Figure, OfWhatIsOneNumber) {
    auto group = measured_group();
    group.requests_per_second = 50.1;
    group.events_per_second = 2'000;
    group.tokens_per_second = 6'000;
    group.stalls = 3;
    group.jank_mean = 0.02;
    group.fluidity_mean = 0.97;
    group.outcomes[static_cast<std::size_t>(Outcome::truncated)] = 4;
    const auto value = [&](const char* metric, const char* statistic, Unit unit) {
        return figure_of(group, {metric, statistic, scenarios::Comparator::less, 1, unit, {}}).value;
    };
    EXPECT_EQ(value("throughput", "requests", Unit::rate), 50.1);
    EXPECT_EQ(value("throughput", "events", Unit::rate), 2'000);
    EXPECT_EQ(value("throughput", "tokens", Unit::rate), 6'000);
    EXPECT_EQ(value("stalls", "", Unit::count), 3);
    EXPECT_EQ(value("jank", "mean", Unit::ratio), 0.02);
    EXPECT_EQ(value("fluidity", "", Unit::ratio), 0.97);
    EXPECT_EQ(value("outcome", "truncated", Unit::count), 4);
}

TEST(Figure, OfBufferingThatCannotBeToldIsMissing) {
    auto group = measured_group();
    for (const auto kind : {BufferingKind::insufficient, BufferingKind::unclear}) {
        group.buffering.verdict.kind = kind;
        EXPECT_EQ(figure_of(group, word_condition("none")).kind, Kind::missing);
    }
    group.buffering.verdict.kind = BufferingKind::none;
    EXPECT_EQ(figure_of(group, word_condition("none")).text, "none");
}

TEST(Figure, DescribesBufferingWithItsSize) {
    BufferingVerdict verdict;
    verdict.kind = BufferingKind::block;
    verdict.block_bytes = 4'096;
    EXPECT_EQ(describe(verdict), "block of 4096 bytes");
    verdict = {};
    verdict.kind = BufferingKind::timer;
    verdict.timer_period = 100ms;
    EXPECT_EQ(describe(verdict), "timer of 100ms");
    verdict.kind = BufferingKind::timer_or_window;
    verdict.window_tokens = 5;
    EXPECT_EQ(describe(verdict), "timer of 100ms or window of 5 tokens");
    verdict = {};
    verdict.kind = BufferingKind::token_window;
    verdict.window_tokens = 8;
    EXPECT_EQ(describe(verdict), "window of 8 tokens");
}

TEST(Figure, FormatsValuesInTheirUnit) {
    EXPECT_EQ(format_value(812e6, Unit::duration), "812ms");
    EXPECT_EQ(format_value(0.004, Unit::ratio), "0.4%");
    EXPECT_EQ(format_value(50, Unit::rate), "50/s");
    EXPECT_EQ(format_value(12'345, Unit::count), "12345");
}

}  // namespace
}  // namespace streamgauge::report
