#include "report/stats/blocked_sample.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;

TEST(BlockedSampleTest, SortsValuesAndNumbersTheFilledBlocks) {
    const std::vector<Observation> observations{{25s, 1}, {3s, 7}, {12s, 4}, {4s, 2}};
    const auto sample = into_blocks(observations, 10s);
    ASSERT_EQ(sample.size(), 4u);
    EXPECT_EQ(sample.blocks, 2u) << "3 s and 12 s are less than 10 s apart";
    EXPECT_EQ(sample.values[0].value, 1);
    EXPECT_EQ(sample.values[0].block, 1u);
    EXPECT_EQ(sample.values[3].value, 7);
    EXPECT_EQ(sample.values[3].block, 0u);
}

TEST(BlockedSampleTest, LeavesEmptyBlocksOut) {
    const std::vector<Observation> observations{{0s, 1}, {100s, 2}};
    EXPECT_EQ(into_blocks(observations, 1s).blocks, 2u);
}

TEST(BlockedSampleTest, RanksCensoredValuesHighestAndLeavesNotANumberOut) {
    const std::vector<Observation> observations{{0s, censored_value}, {1s, std::nan("")}, {2s, 5}};
    const auto sample = into_blocks(observations, 1s);
    ASSERT_EQ(sample.size(), 2u);
    EXPECT_EQ(sample.values[1].value, censored_value);
}

TEST(BlockedSampleTest, IsEmptyWithoutObservations) {
    EXPECT_EQ(into_blocks({}, 1s).size(), 0u);
    EXPECT_EQ(into_blocks({}, 1s).blocks, 0u);
}

TEST(BlockLength, IsATwelfthOfTheRunButTwoMedianRequestsAtLeast) {
    EXPECT_EQ(block_length(60s, 500ms), 5s);
    EXPECT_EQ(block_length(60s, 4s), 8s);
    EXPECT_GT(block_length(0s, 0s), 0s);
}

}  // namespace
}  // namespace streamgauge::report
