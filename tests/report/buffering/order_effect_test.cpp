#include "report/buffering/order_effect.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;

TEST(OrderEffectTest, NeedsThreePairsOfEachOrder) {
    const std::vector two(2, 1e6), three(3, 1e6);
    EXPECT_FALSE(order_effect(two, three, 1));
    EXPECT_FALSE(order_effect(three, two, 1));
    EXPECT_TRUE(order_effect(three, three, 1));
}

TEST(OrderEffectTest, FindsACacheThatServesTheSecond) {
    const std::array first{81e6, 79e6, 82e6, 80e6, 78e6, 80e6}, second{31e6, 29e6, 30e6, 32e6, 28e6, 30e6};
    const auto effect = order_effect(first, second, 1);
    EXPECT_EQ(effect->difference, 50ms);
    EXPECT_TRUE(effect->is_significant());
    EXPECT_GT(effect->p_value, 0);
    EXPECT_EQ(effect->path_first, 6u);
}

TEST(OrderEffectTest, FindsNoneInNoise) {
    const std::array first{81e6, 62e6, 95e6, 70e6, 88e6}, second{79e6, 91e6, 66e6, 84e6, 72e6};
    EXPECT_FALSE(order_effect(first, second, 1)->is_significant());
}

TEST(OrderEffectTest, FindsNoneWhereAllAreEqual) {
    const std::vector same(5, 80e6);
    const auto effect = order_effect(same, same, 1);
    EXPECT_EQ(effect->difference, 0ns);
    EXPECT_EQ(effect->p_value, 1);
}

TEST(OrderEffectTest, IsTheSameForTheSameSeed) {
    const std::array first{81e6, 62e6, 95e6, 70e6}, second{79e6, 41e6, 66e6, 54e6};
    EXPECT_EQ(order_effect(first, second, 7)->p_value, order_effect(first, second, 7)->p_value);
}

}  // namespace
}  // namespace streamgauge::report
