#include "scenarios/suggestion.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace streamgauge::scenarios {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
    EXPECT_EQ(edit_distance("", ""), 0);
    EXPECT_EQ(edit_distance("", "rate"), 4);
    EXPECT_EQ(edit_distance("rate", ""), 4);
    EXPECT_EQ(edit_distance("rate", "rate"), 0);
    EXPECT_EQ(edit_distance("rate", "rates"), 1);
    EXPECT_EQ(edit_distance("rate", "rte"), 1);
    EXPECT_EQ(edit_distance("rate", "rite"), 1);
    EXPECT_EQ(edit_distance("rate", "raet"), 1);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
    EXPECT_EQ(edit_distance("RATE", "rate"), 0);
    EXPECT_EQ(edit_distance("ca", "abc"), 3) << "no letter is moved twice (optimal string alignment)";
}

constexpr std::array<std::string_view, 5> keys{"phase", "users", "rate", "for", "warmup"};

TEST(Suggest, FindsTheNearestWord) {
    EXPECT_EQ(suggest("raet", keys), "rate");
    EXPECT_EQ(suggest("Warmup", keys), "warmup");
    EXPECT_EQ(suggest("warm-up", keys), "warmup");
    EXPECT_EQ(suggest("user", keys), "users");
    const std::vector<std::string> names{"peak", "steady"};
    EXPECT_EQ(suggest("stedy", std::span<const std::string>(names)), "steady");
}

TEST(Suggest, SaysNothingRatherThanGuess) {
    EXPECT_EQ(suggest("bandwidth", keys), "");
    EXPECT_EQ(suggest("xyz", keys), "");
    EXPECT_EQ(suggest("", keys), "");
    EXPECT_EQ(suggest(std::string(100'000, 'r'), keys), "");
    EXPECT_EQ(suggest("rate", std::span<const std::string_view>()), "");
}

}  // namespace
}  // namespace streamgauge::scenarios
