#include "bench/load/synthetic_prompt.h"

#include "bench/load/random.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <vector>

namespace streamgauge::load {
namespace {

using Kind = scenarios::LengthDistribution::Kind;

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

std::vector<std::uint64_t> sorted_lengths(const scenarios::LengthDistribution& lengths) {
    std::vector<std::uint64_t> drawn;
    for (std::uint64_t i = 0; i < 20'000; ++i)
        drawn.push_back(draw_length(lengths, combine({77, i})));
    std::sort(drawn.begin(), drawn.end());
    return drawn;
}

TEST(SyntheticPrompt, HasTheWordsAskedFor) {
    EXPECT_EQ(words_of(synthetic_prompt({{Kind::constant, 120, 0}, 0.25}, 1, 2)).size(), 120u);
    EXPECT_EQ(words_of(synthetic_prompt({{Kind::constant, 1, 0}, 0}, 1, 2)).size(), 1u);
}

TEST(OpeningWords, AreOfOneLengthAndHardlyEverTheSame) {
    std::set<std::string> openings;
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        const auto opening = opening_words(combine({5, seed}));
        EXPECT_EQ(opening.size(), 59u);
        EXPECT_EQ(words_of(opening).size(), 10u);
        openings.insert(opening);
    }
    EXPECT_EQ(openings.size(), 20'000u);
}

TEST(SyntheticPrompt, SharesExactlyItsPrefix) {
    const scenarios::SyntheticPrompts shape{{Kind::uniform, 50, 150}, 0.6};
    const auto first = words_of(synthetic_prompt(shape, 9, 100));
    const auto second = words_of(synthetic_prompt(shape, 9, 101));
    ASSERT_NE(first.size(), second.size());
    const auto shorter = std::min(first.size(), second.size());
    const auto shared = static_cast<std::size_t>(0.6 * static_cast<double>(shorter));
    EXPECT_TRUE(
        std::equal(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(shared), second.begin()));
    std::size_t alike_after = 0;
    for (std::size_t i = shared; i < shorter; ++i)
        alike_after += first[i] == second[i] ? 1 : 0;
    EXPECT_LT(alike_after, shorter - shared);
}

TEST(SyntheticPrompt, WholePromptCanBeShared) {
    const scenarios::SyntheticPrompts shape{{Kind::constant, 40, 0}, 1.0};
    EXPECT_EQ(synthetic_prompt(shape, 9, 1), synthetic_prompt(shape, 9, 2));
    EXPECT_NE(synthetic_prompt(shape, 9, 1), synthetic_prompt(shape, 8, 1));
}

TEST(DrawLength, ConstantIsItsValue) {
    EXPECT_EQ(sorted_lengths({Kind::constant, 33, 0}).back(), 33u);
}

TEST(DrawLength, UniformReachesBothEndsEvenly) {
    const auto drawn = sorted_lengths({Kind::uniform, 10, 19});
    EXPECT_EQ(drawn.front(), 10u);
    EXPECT_EQ(drawn.back(), 19u);
    for (std::uint64_t value = 10; value <= 19; ++value) {
        EXPECT_NEAR(static_cast<double>(std::count(drawn.begin(), drawn.end(), value)), 2000, 200);
    }
}

TEST(DrawLength, NormalHasItsMeanAndDeviation) {
    const auto drawn = sorted_lengths({Kind::normal, 400, 50});
    EXPECT_NEAR(static_cast<double>(drawn[10'000]), 400, 3);
    EXPECT_NEAR(static_cast<double>(drawn[16'827]), 450, 3);  // one deviation above: 84.13 %
}

TEST(DrawLength, LognormalHasItsMedianAndP95) {
    const auto drawn = sorted_lengths({Kind::lognormal, 200, 1500});
    EXPECT_NEAR(static_cast<double>(drawn[10'000]), 200, 8);
    EXPECT_NEAR(static_cast<double>(drawn[19'000]), 1500, 100);
}

TEST(DrawLength, IsAlwaysAtLeastOneAndBounded) {
    EXPECT_EQ(sorted_lengths({Kind::normal, 1, 100}).front(), 1u);
    EXPECT_EQ(sorted_lengths({Kind::lognormal, 1000, 1e9}).back(), 1'000'000u);
}

}  // namespace
}  // namespace streamgauge::load
