#include "bench/simulator/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace streamgauge::simulator {
namespace {

TEST(Random, GivesTheReferenceValuesOfSplitMix64) {
    Random random{1234567};
    EXPECT_EQ(random.next(), 6457827717110365317ULL);
    EXPECT_EQ(random.next(), 3203168211198807973ULL);
    EXPECT_EQ(random.next(), 9817491932198370423ULL);
}

TEST(Random, UniformNeverReachesItsEnds) {
    Random random{7};
    double sum = 0.0;
    for (int draw = 0; draw < 20'000; ++draw) {
        const double value = random.uniform();
        ASSERT_GT(value, 0.0);
        ASSERT_LT(value, 1.0);
        sum += value;
    }
    EXPECT_NEAR(sum / 20'000, 0.5, 0.01);
}

TEST(Random, NormalHasMeanZeroAndDeviationOne) {
    Random random{11};
    double sum = 0.0;
    double squares = 0.0;
    constexpr int draw_count = 50'000;
    for (int draw = 0; draw < draw_count; ++draw) {
        const double value = random.normal();
        sum += value;
        squares += value * value;
    }
    EXPECT_NEAR(sum / draw_count, 0.0, 0.02);
    EXPECT_NEAR(std::sqrt(squares / draw_count), 1.0, 0.02);
}

TEST(Random, EachSeedRequestAndPurposeHasNumbersOfItsOwn) {
    std::set<std::uint64_t> first;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        for (std::uint64_t request = 0; request < 10; ++request) {
            first.insert(random_for(seed, request, Purpose::gap).next());
            first.insert(random_for(seed, request, Purpose::words).next());
        }
    }
    EXPECT_EQ(first.size(), 200u);
    EXPECT_EQ(random_for(3, 4, Purpose::gap).next(), random_for(3, 4, Purpose::gap).next());
}

}  // namespace
}  // namespace streamgauge::simulator
