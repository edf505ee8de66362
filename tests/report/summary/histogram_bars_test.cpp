#include "report/summary/histogram_bars.h"

#include <gmock/gmock.h>

#include <cmath>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Pair;
using ::testing::SizeIs;

std::uint64_t total(const HistogramBars& bars) {
    std::uint64_t sum = bars.zeros;
    for (const auto& [bar, count] : bars.bars)
        sum += count;
    return sum;
}

double lower_edge_ns(const HistogramBars& bars, std::uint32_t bar) {
    return 1e3 * std::exp2(static_cast<double>(bar) / bars.parts_per_octave);
}

TEST(HistogramBars, OfNothingAreNone) {
    const auto bars = histogram_bars(Histogram());
    EXPECT_EQ(bars.zeros, 0U);
    EXPECT_THAT(bars.bars, IsEmpty());
}

TEST(HistogramBars, CountZerosApart) {
    Histogram histogram;
    histogram.record(0ns, 5);
    histogram.record(300ns, 2);
    histogram.record(20ms, 3);
    const auto bars = histogram_bars(histogram);
    EXPECT_EQ(bars.zeros, 7U);
    ASSERT_THAT(bars.bars, ElementsAre(Pair(::testing::_, 3U)));
    EXPECT_LE(lower_edge_ns(bars, bars.bars[0].first), 20e6 * 1.001);
    EXPECT_GT(lower_edge_ns(bars, bars.bars[0].first + 1), 20e6 * 0.999);
}

TEST(HistogramBars, KeepNarrowValuesApart) {
    Histogram histogram;
    for (int i = 0; i < 1'000; ++i)
        histogram.record(33ms + i * 10us);
    const auto bars = histogram_bars(histogram);
    EXPECT_EQ(bars.parts_per_octave, 32U);
    EXPECT_THAT(bars.bars, SizeIs(::testing::AllOf(::testing::Ge(11U), Le(14U))));
}

TEST(HistogramBars, BecomeCoarserUntilTheyFitAndLoseNothing) {
    Histogram histogram;
    for (double ns = 1e3; ns < 1e11; ns *= 1.01)
        histogram.record(std::chrono::nanoseconds{static_cast<std::int64_t>(ns)});
    const auto bars = histogram_bars(histogram, 96);
    EXPECT_THAT(bars.bars, SizeIs(Le(96U)));
    EXPECT_THAT(bars.bars, SizeIs(::testing::Gt(48U))) << "and no coarser than needed";
    EXPECT_EQ(total(bars), histogram.count());
}

TEST(HistogramBars, CoarserOnesLieOnTheSameGrid) {
    const HistogramBars fine{1, 4, {{4, 10}, {5, 20}, {6, 30}, {9, 40}}};
    EXPECT_EQ(coarsen(fine, 4), fine);
    EXPECT_EQ(coarsen(fine, 3), (HistogramBars{1, 2, {{2, 30}, {3, 30}, {4, 40}}}));
    EXPECT_EQ(coarsen(fine, 1), (HistogramBars{1, 1, {{1, 60}, {2, 40}}}))
        << "an octave is as coarse as it gets";
}

}  // namespace
}  // namespace streamgauge::report
