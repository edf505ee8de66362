#include "report/summary/metric_series.h"

#include <gmock/gmock.h>

#include <array>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::DoubleNear;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr Sample measured(nanoseconds value) {
    return {Sample::Kind::measured, value};
}
constexpr Sample censored(nanoseconds value) {
    return {Sample::Kind::censored, value};
}

MetricSummary summarize(const MetricSeries& series, std::uint64_t seed = 1) {
    return summarize_metric(std::array{&series}, seed);
}

const Percentile& percentile(const MetricSummary& summary, double quantile) {
    for (const auto& each : summary.percentiles) {
        if (each.quantile == quantile) return each;
    }
    throw std::out_of_range("no such percentile");
}

void expect_close(const std::optional<nanoseconds>& found, nanoseconds expected) {
    ASSERT_TRUE(found);
    const auto value = static_cast<double>(expected.count());
    EXPECT_NEAR(static_cast<double>(found->count()), value, 0.001 * value);
}

/// 1 ms, 2 ms, ... `count` ms, dealt to the blocks in turn.
MetricSeries ramp(std::size_t blocks, int count) {
    MetricSeries series(blocks);
    for (int i = 1; i <= count; ++i)
        series.record(static_cast<std::size_t>(i) % blocks, measured(i * 1ms));
    return series;
}

TEST(MetricSeries, GivesPercentilesAndMoments) {
    const auto summary = summarize(ramp(1, 1'000));
    EXPECT_EQ(summary.count, 1'000U);
    expect_close(percentile(summary, 0.5).value, 500ms);
    expect_close(percentile(summary, 0.9).value, 900ms);
    expect_close(percentile(summary, 0.95).value, 950ms);
    expect_close(percentile(summary, 0.99).value, 990ms);
    expect_close(percentile(summary, 0.999).value, 999ms);
    EXPECT_THAT(summary.min, Optional(nanoseconds(1ms)));
    EXPECT_THAT(summary.max, Optional(nanoseconds(1s)));
    EXPECT_THAT(summary.mean_ns, Optional(DoubleNear(500.5e6, 1)));
    EXPECT_THAT(summary.stddev_ns, Optional(DoubleNear(288.675e6, 1e3)));
}

TEST(MetricSeries, WithoutSamplesIsEmpty) {
    const auto summary = summarize(MetricSeries(20));
    EXPECT_EQ(summary.count, 0U);
    EXPECT_FALSE(summary.min);
    EXPECT_FALSE(summary.mean_ns);
    EXPECT_THAT(summary.percentiles, IsEmpty());
    EXPECT_THAT(summary.curve, IsEmpty());
    EXPECT_EQ(summary.interval_method, "");
}

TEST(MetricSeries, SaysHowItsIntervalsWereFound) {
    EXPECT_EQ(summarize(ramp(10, 100)).interval_method, "block bootstrap");
    EXPECT_EQ(summarize(ramp(9, 100)).interval_method, "order statistics, assumes independence");
}

TEST(MetricSeries, OrderStatisticsBoundTheMedianByKnownRanks) {
    const auto summary = summarize(ramp(1, 100));
    expect_close(percentile(summary, 0.5).low, 40ms);
    expect_close(percentile(summary, 0.5).high, 61ms);
    EXPECT_FALSE(percentile(summary, 0.99).high) << "100 samples do not bound p99 from above";
}

TEST(MetricSeries, IntervalsContainTheirEstimate) {
    for (const std::size_t blocks : {1U, 20U}) {
        for (const int count : {20, 333, 5'000}) {
            const auto series = ramp(blocks, count);
            for (const auto& each : summarize(series).percentiles) {
                ASSERT_TRUE(each.value);
                if (each.low) {
                    EXPECT_LE(*each.low, *each.value);
                }
                if (each.high) {
                    EXPECT_GE(*each.high, *each.value);
                }
            }
        }
    }
}

TEST(MetricSeries, SaysWhetherThereAreEnoughSamples) {
    EXPECT_FALSE(percentile(summarize(ramp(1, 58)), 0.95).enough_samples);
    EXPECT_TRUE(percentile(summarize(ramp(1, 59)), 0.95).enough_samples);
    EXPECT_FALSE(percentile(summarize(ramp(1, 298)), 0.99).enough_samples);
    EXPECT_TRUE(percentile(summarize(ramp(1, 299)), 0.99).enough_samples);
    EXPECT_FALSE(percentile(summarize(ramp(1, 2'994)), 0.999).enough_samples);
    EXPECT_TRUE(percentile(summarize(ramp(1, 2'995)), 0.999).enough_samples);
}

TEST(MetricSeries, APercentileAmongCensoredRequestsHasNoValue) {
    auto series = ramp(1, 94);
    for (int i = 0; i < 6; ++i)
        series.record(0, censored(10s));
    const auto summary = summarize(series);
    EXPECT_EQ(summary.censored, 6U);
    EXPECT_THAT(summary.censored_above, Optional(nanoseconds(10s)));
    expect_close(percentile(summary, 0.9).value, 90ms);
    EXPECT_FALSE(percentile(summary, 0.95).value) << "the 95th of 100 was cut";
    EXPECT_FALSE(percentile(summary, 0.95).high);
    EXPECT_TRUE(percentile(summary, 0.95).enough_samples);
    EXPECT_FALSE(percentile(summary, 0.99).value);
    EXPECT_LT(summary.curve.back().first, 0.95) << "the curve ends where values do";
}

TEST(MetricSeries, CensoredRequestsAloneHavePercentilesWithoutValue) {
    MetricSeries series(1);
    for (int i = 0; i < 60; ++i)
        series.record(0, censored(10s));
    const auto summary = summarize(series);
    EXPECT_EQ(summary.count, 0U);
    EXPECT_FALSE(percentile(summary, 0.5).value);
    EXPECT_FALSE(summary.max);
}

TEST(MetricSeries, TheCurveIsShortRisesAndReachesTheTail) {
    const auto curve = summarize(ramp(1, 100'000)).curve;
    EXPECT_THAT(curve, SizeIs(::testing::AllOf(::testing::Gt(50), ::testing::Le(200))));
    for (std::size_t i = 1; i < curve.size(); ++i) {
        EXPECT_LT(curve[i - 1].first, curve[i].first);
        EXPECT_LE(curve[i - 1].second, curve[i].second);
    }
    EXPECT_EQ(curve.front().second, 1'000'000);
    EXPECT_EQ(curve.back(), (std::pair<double, std::int64_t>{1.0, 100'000'000'000}));
    const auto tail =
        std::count_if(curve.begin(), curve.end(), [](const auto& point) { return point.first > 0.99; });
    EXPECT_GT(tail, 50) << "steps are equal in the logarithm of the tail";
}

TEST(MetricSeries, OfOneValueIsThatValue) {
    MetricSeries series(1);
    series.record(0, measured(123'456'789ns));
    const auto summary = summarize(series);
    EXPECT_THAT(percentile(summary, 0.999).value, Optional(123'456'789ns));
    EXPECT_THAT(summary.curve, SizeIs(1));
}

TEST(MetricSeries, TakesPhasesTogether) {
    const auto quick = ramp(10, 100);
    MetricSeries slow(10);
    for (int i = 0; i < 100; ++i)
        slow.record(static_cast<std::size_t>(i) % 10, measured(10s));
    const auto summary = summarize_metric(std::array{&quick, static_cast<const MetricSeries*>(&slow)}, 1);
    EXPECT_EQ(summary.count, 200U);
    expect_close(percentile(summary, 0.5).value, 100ms);
    expect_close(percentile(summary, 0.95).value, 10s);
}

TEST(MetricSeries, TakesAHistogramLikeItsValues) {
    Histogram gaps;
    MetricSeries one_by_one(10), at_once(10);
    for (std::size_t block = 0; block < 10; ++block) {
        Histogram of_block;
        for (int i = 0; i < 50; ++i) {
            const nanoseconds value = (i * 7 % 50) * 1ms;
            of_block.record(value);
            one_by_one.record(block, measured(value));
        }
        at_once.record_values(block, of_block);
    }
    const auto a = summarize(one_by_one), b = summarize(at_once);
    EXPECT_EQ(a.count, b.count);
    EXPECT_EQ(percentile(a, 0.95).value, percentile(b, 0.95).value);
    EXPECT_EQ(a.mean_ns, b.mean_ns);
    EXPECT_EQ(a.curve, b.curve);
}

}  // namespace
}  // namespace streamgauge::report
