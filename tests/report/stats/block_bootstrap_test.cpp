#include "report/stats/block_bootstrap.h"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <deque>
#include <random>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::Eq;

constexpr std::array<double, 2> median_and_p95{0.5, 0.95};

/// Blocks that own their histograms.
class Blocks {
  public:
    Histogram& add(std::uint64_t censored = 0) {
        auto& values = values_.emplace_back(0.01);
        blocks_.push_back({&values, censored});
        return values;
    }
    std::vector<TimeBlock> get() const { return blocks_; }

  private:
    std::deque<Histogram> values_;
    std::vector<TimeBlock> blocks_;
};

std::optional<std::vector<QuantileInterval>> run(const std::vector<std::vector<TimeBlock>>& phases,
                                                 std::uint64_t seed = 1) {
    return block_bootstrap(phases, median_and_p95, seed);
}

TEST(BlockBootstrap, NeedsTenFilledBlocks) {
    Blocks blocks;
    for (int i = 0; i < 9; ++i)
        blocks.add().record(1ms);
    blocks.add();  // an empty one does not count
    EXPECT_FALSE(run({blocks.get()}));
    blocks.add().record(1ms);
    EXPECT_TRUE(run({blocks.get()}));
}

TEST(BlockBootstrap, NeedsFiveBlocksOfEachPhase) {
    Blocks many, few;
    for (int i = 0; i < 12; ++i)
        many.add().record(1ms);
    for (int i = 0; i < 4; ++i)
        few.add().record(1ms);
    EXPECT_FALSE(run({many.get(), few.get()}));
    few.add().record(1ms);
    EXPECT_TRUE(run({many.get(), few.get()}));
    EXPECT_TRUE(run({many.get(), {}})) << "a phase without samples takes nothing away";
}

TEST(BlockBootstrap, FindsNoSpreadWhereThereIsNone) {
    Blocks blocks;
    for (int i = 0; i < 10; ++i)
        blocks.add().record(100ms, 50);
    const auto intervals = *run({blocks.get()});
    EXPECT_EQ(intervals[0].low, intervals[0].high);
    EXPECT_NEAR(static_cast<double>(intervals[0].low->count()), 1e8, 1e6);
}

TEST(BlockBootstrap, FindsTheSpreadBetweenBlocks) {
    Blocks blocks;
    for (int i = 1; i <= 10; ++i)
        blocks.add().record(i * 100ms, 1'000);
    const auto intervals = *run({blocks.get()});
    EXPECT_LT(*intervals[0].low, 400ms);
    EXPECT_GT(*intervals[0].high, 700ms);
}

TEST(BlockBootstrap, KeepsPhasesInTheirProportion) {
    Blocks quick, slow;
    for (int i = 0; i < 10; ++i)
        quick.add().record(10ms, 100);
    for (int i = 0; i < 10; ++i)
        slow.add().record(1s, 90);
    const auto intervals = *run({quick.get(), slow.get()});
    EXPECT_NEAR(static_cast<double>(intervals[0].high->count()), 1e7, 1e5)
        << "the quick phase always holds the median";
}

TEST(BlockBootstrap, PutsCensoredRequestsOnTop) {
    Blocks blocks;
    for (int i = 0; i < 10; ++i)
        blocks.add(i == 0 ? 12 : 0).record(100ms, 10);
    const auto intervals = *run({blocks.get()});
    EXPECT_TRUE(intervals[0].high.has_value());
    EXPECT_TRUE(intervals[1].low.has_value()) << "resamples without the bad block have a value";
    EXPECT_FALSE(intervals[1].high.has_value()) << "resamples with it fall among the censored";
}

TEST(BlockBootstrap, CopesWithCensoredRequestsOnly) {
    Blocks blocks;
    for (int i = 0; i < 10; ++i)
        blocks.add(3);
    const auto intervals = *run({blocks.get()});
    EXPECT_THAT(intervals[0].low, Eq(std::nullopt));
    EXPECT_THAT(intervals[0].high, Eq(std::nullopt));
}

TEST(BlockBootstrap, DependsOnTheSeedAlone) {
    Blocks blocks;
    std::mt19937_64 random(3);
    for (int i = 0; i < 20; ++i) {
        auto& values = blocks.add();
        for (int k = 0; k < 30; ++k)
            values.record(nanoseconds{static_cast<std::int64_t>(random() % 1'000'000'000)});
    }
    const auto same = [](const auto& a, const auto& b) {
        return a[0].low == b[0].low && a[0].high == b[0].high && a[1].low == b[1].low &&
               a[1].high == b[1].high;
    };
    const auto first = *run({blocks.get()}, 5);
    EXPECT_TRUE(same(first, *run({blocks.get()}, 5)));
    bool differs = false;
    for (std::uint64_t seed = 6; seed < 12; ++seed)
        differs = differs || !same(first, *run({blocks.get()}, seed));
    EXPECT_TRUE(differs);
}

/// Blocks whose values go up and down together, as under a load that comes and goes: the case for which
/// blocks are resampled whole. The true median is 100 ms.
TEST(BlockBootstrap, CoversTheTruthThoughNeighboursAreAlike) {
    std::mt19937_64 random(17);
    std::normal_distribution<double> normal;
    int covered = 0;
    constexpr int trials = 100;
    for (int trial = 0; trial < trials; ++trial) {
        Blocks blocks;
        for (int block = 0; block < 20; ++block) {
            auto& values = blocks.add();
            const double shared = normal(random);
            for (int i = 0; i < 40; ++i) {
                const double ns = 1e8 * std::exp(0.3 * shared + 0.1 * normal(random));
                values.record(nanoseconds{static_cast<std::int64_t>(ns)});
            }
        }
        const auto median = (*run({blocks.get()}, static_cast<std::uint64_t>(trial)))[0];
        covered += *median.low <= 100ms && 100ms <= *median.high ? 1 : 0;
    }
    EXPECT_GE(covered, 85);
}

}  // namespace
}  // namespace streamgauge::report
