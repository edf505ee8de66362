#include "report/model/histogram.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

bool same_state(const Histogram& a, const Histogram& b) {
    const auto x = a.moments(), y = b.moments();
    return a.bins() == b.bins() && a.count() == b.count() && x.min_ns == y.min_ns && x.max_ns == y.max_ns &&
           x.sum_ns == y.sum_ns && x.sum_squares_ns2 == y.sum_squares_ns2;
}

/// Durations spread evenly over the logarithm from 1 us to 1 h, some zeros, and some out of range.
Histogram random_histogram(std::mt19937_64& random, int count) {
    std::uniform_real_distribution<double> exponent(2.5, 13.0);
    Histogram histogram;
    for (int i = 0; i < count; ++i) {
        const bool zero = random() % 10 == 0;
        histogram.record(zero ? 0ns : nanoseconds{static_cast<std::int64_t>(std::pow(10, exponent(random)))});
    }
    return histogram;
}

class HistogramError : public ::testing::TestWithParam<double> {};

TEST_P(HistogramError, StaysWithinTheStatedErrorFromOneMicrosecondToOneHour) {
    const Histogram histogram(GetParam());
    double worst = 0;
    const auto check = [&](std::int64_t ns) {
        Histogram one(GetParam());
        one.record(nanoseconds{ns});
        const auto read_back = one.bin_value(one.bins().front().first);
        worst =
            std::max(worst, std::abs(static_cast<double>(read_back.count() - ns)) / static_cast<double>(ns));
    };
    for (std::int64_t ns = 1'000; ns <= 5'000; ++ns)
        check(ns);
    for (double ns = 5'000; ns < 3.6e12; ns *= 1.0007)
        check(static_cast<std::int64_t>(ns));
    for (int octave = 13; octave < 42; ++octave) {
        for (const int aside : {-1, 0, 1})
            check((std::int64_t{1} << octave) + aside);
    }
    check(3'600'000'000'000);
    EXPECT_LE(worst, GetParam());
    EXPECT_GT(worst, GetParam() / 20) << "the bins are much finer than asked for, which costs memory";
}

INSTANTIATE_TEST_SUITE_P(Errors, HistogramError, ::testing::Values(0.0001, 0.001, 0.01, 0.1));

TEST(Histogram, IsEmptyAtFirst) {
    const Histogram histogram;
    EXPECT_TRUE(histogram.empty());
    EXPECT_EQ(histogram.min(), 0ns);
    EXPECT_EQ(histogram.max(), 0ns);
    EXPECT_EQ(histogram.mean_ns(), 0);
    EXPECT_EQ(histogram.stddev_ns(), 0);
    EXPECT_THAT(histogram.bins(), IsEmpty());
    EXPECT_DOUBLE_EQ(histogram.relative_error(), 0.001);
}

TEST(Histogram, KeepsZeroApartFromLittle) {
    Histogram histogram;
    histogram.record(0ns, 3);
    histogram.record(1ns);
    histogram.record(999ns);
    histogram.record(-5ns);
    EXPECT_THAT(histogram.bins(), ElementsAre(Pair(0, 4), Pair(1, 2)));
    EXPECT_EQ(histogram.quantile(0.5), 0ns);
    EXPECT_EQ(histogram.quantile(1), 999ns);
}

TEST(Histogram, KeepsTheMaximumAboveOneHourExact) {
    Histogram histogram;
    histogram.record(1h);
    histogram.record(5h);
    histogram.record(7h);
    EXPECT_EQ(histogram.max(), 7h);
    ASSERT_THAT(histogram.bins(), ElementsAre(Pair(::testing::_, 3)));
    EXPECT_NEAR(static_cast<double>(histogram.quantile(0.5).count()), 3.6e12, 3.6e9);
    EXPECT_EQ(histogram.quantile(1), 7h);
}

TEST(Histogram, FindsTheNearestRank) {
    Histogram histogram;
    for (int i = 1; i <= 100; ++i)
        histogram.record(i * 1ms);
    for (const auto& [quantile, expected] : std::initializer_list<std::pair<double, nanoseconds>>{
             {0, 1ms}, {0.001, 1ms}, {0.5, 50ms}, {0.501, 51ms}, {0.95, 95ms}, {0.99, 99ms}, {1, 100ms}}) {
        const auto found = static_cast<double>(histogram.quantile(quantile).count());
        EXPECT_NEAR(found, static_cast<double>(expected.count()), 0.001 * found) << quantile;
    }
}

TEST(Histogram, ClampsQuantilesToWhatWasSeen) {
    Histogram histogram(0.1);
    histogram.record(1'000'123ns, 5);
    EXPECT_EQ(histogram.quantile(0.5), 1'000'123ns);
}

TEST(Histogram, KnowsMeanAndDeviation) {
    Histogram histogram;
    for (const auto value : {2ms, 4ms, 4ms, 4ms, 5ms, 5ms, 7ms, 9ms})
        histogram.record(value);
    EXPECT_DOUBLE_EQ(histogram.mean_ns(), 5e6);
    EXPECT_NEAR(histogram.stddev_ns(), 2e6, 1e-3);
}

TEST(Histogram, DeviationOfEqualLargeValuesIsNothing) {
    Histogram histogram;
    histogram.record(3'599'999'999'999ns, 1'000'000);
    EXPECT_LT(histogram.stddev_ns(), 1'000.0);
}

TEST(Histogram, MergingIsAssociativeAndCommutative) {
    std::mt19937_64 random(7);
    for (int round = 0; round < 20; ++round) {
        std::array<Histogram, 3> parts;
        for (auto& part : parts)
            part = random_histogram(random, static_cast<int>(random() % 300));
        const auto& [a, b, c] = parts;
        Histogram left = a, right = c, backwards = c;
        left.merge(b);
        left.merge(c);
        Histogram middle = b;
        middle.merge(c);
        right = a;
        right.merge(middle);
        backwards.merge(b);
        backwards.merge(a);
        EXPECT_TRUE(same_state(left, right));
        EXPECT_TRUE(same_state(left, backwards));
    }
}

TEST(Histogram, MergingEqualsRecordingTogether) {
    Histogram together, odd, even;
    for (int i = 0; i < 1'000; ++i) {
        const nanoseconds value{std::int64_t{i} * i * 1'777};
        together.record(value);
        (i % 2 == 0 ? even : odd).record(value);
    }
    odd.merge(even);
    EXPECT_TRUE(same_state(together, odd));
}

TEST(Histogram, MergesWithAnEmptyOne) {
    Histogram empty, filled;
    filled.record(5ms);
    Histogram copy = filled;
    copy.merge(empty);
    EXPECT_TRUE(same_state(copy, filled));
    empty.merge(filled);
    EXPECT_TRUE(same_state(empty, filled));
}

TEST(Histogram, CountsBeyondFourThousandMillion) {
    constexpr std::uint64_t many = 3'000'000'000;
    Histogram histogram;
    for (int i = 0; i < 3; ++i)
        histogram.record(5ms, many);
    histogram.record(7ms, 4 * many);
    histogram.record(9ms);
    Histogram twice = histogram;
    twice.merge(histogram);
    const auto counts = [](const Histogram& of) {
        std::vector<std::uint64_t> all;
        for (const auto& [bin, count] : of.bins())
            all.push_back(count);
        return all;
    };
    EXPECT_EQ(counts(histogram), (std::vector<std::uint64_t>{3 * many, 4 * many, 1}));
    EXPECT_EQ(counts(twice), (std::vector<std::uint64_t>{6 * many, 8 * many, 2}));
    EXPECT_EQ(counts(Histogram::restore(0.001, twice.bins(), twice.moments())), counts(twice));
    EXPECT_NEAR(static_cast<double>(twice.value_at_rank(6 * many + 1).count()), 7e6, 7e3);
    EXPECT_EQ(twice.value_at_rank(14 * many + 2), 9ms);
}

TEST(Histogram, RestoresFromBinsAndMoments) {
    std::mt19937_64 random(11);
    const Histogram original = random_histogram(random, 5'000);
    const Histogram restored = Histogram::restore(0.001, original.bins(), original.moments());
    EXPECT_EQ(restored.bins(), original.bins());
    EXPECT_EQ(restored.count(), original.count());
    EXPECT_EQ(restored.min(), original.min());
    EXPECT_EQ(restored.max(), original.max());
    EXPECT_DOUBLE_EQ(restored.mean_ns(), original.mean_ns());
    EXPECT_NEAR(restored.stddev_ns(), original.stddev_ns(), original.stddev_ns() * 1e-9);
    for (const double quantile : {0.0, 0.1, 0.5, 0.99, 1.0}) {
        EXPECT_EQ(restored.quantile(quantile), original.quantile(quantile));
    }
}

TEST(Histogram, RestoresFromNonsenseWithoutHarm) {
    const Histogram restored =
        Histogram::restore(0.001, {{4'000'000'000U, 2}, {2, 1}}, {-5, -9, NAN, -1e300});
    EXPECT_EQ(restored.count(), 3U);
    EXPECT_EQ(restored.min(), 0ns);
    EXPECT_EQ(restored.quantile(0.5), 0ns);
    EXPECT_EQ(restored.mean_ns(), 0);
}

}  // namespace
}  // namespace streamgauge::report
