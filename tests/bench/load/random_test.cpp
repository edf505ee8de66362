#include "bench/load/random.h"

#include <gtest/gtest.h>

#include <array>

namespace streamgauge::load {
namespace {

TEST(Random, MixGivesThePublishedSequenceOfSplitmix64) {
    // The first outputs of the reference generator for seed 1234567.
    RandomStream stream(1234567);
    EXPECT_EQ(stream.next(), 6457827717110365317u);
    EXPECT_EQ(stream.next(), 3203168211198807973u);
    EXPECT_EQ(stream.next(), 9817491932198370423u);
}

TEST(Random, CombineTellsOrderAndLengthApart) {
    EXPECT_NE(combine({1, 2}), combine({2, 1}));
    EXPECT_NE(combine({1, 0}), combine({1}));
    EXPECT_EQ(combine({1, 2, 3}), combine({1, 2, 3}));
}

TEST(Random, UniformFillsItsRangeEvenly) {
    RandomStream stream(9);
    std::array<int, 10> tenths{};
    for (int i = 0; i < 100'000; ++i) {
        const double value = stream.uniform();
        ASSERT_GE(value, 0);
        ASSERT_LT(value, 1);
        ++tenths[static_cast<std::size_t>(value * 10)];
    }
    for (const int count : tenths)
        EXPECT_NEAR(count, 10'000, 400);
}

TEST(Random, BelowStaysBelow) {
    RandomStream stream(9);
    std::array<int, 3> counts{};
    for (int i = 0; i < 30'000; ++i)
        ++counts.at(stream.below(3));
    for (const int count : counts)
        EXPECT_NEAR(count, 10'000, 350);
}

TEST(Random, NormalHasMeanZeroAndDeviationOne) {
    RandomStream stream(11);
    double sum = 0, squares = 0;
    for (int i = 0; i < 100'000; ++i) {
        const double value = stream.normal();
        sum += value;
        squares += value * value;
    }
    EXPECT_NEAR(sum / 100'000, 0, 0.015);
    EXPECT_NEAR(squares / 100'000, 1, 0.03);
}

}  // namespace
}  // namespace streamgauge::load
