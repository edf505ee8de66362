#include "bench/simulator/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace streamgauge::simulator {
namespace {

std::string words(std::uint64_t seed, bool multi_byte) {
    Words source{Random{seed}, multi_byte};
    std::string text;
    for (int word = 0; word < 50; ++word)
        source.append(text);
    return text;
}

bool has_multi_byte(const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

TEST(Words, AreTheSameForTheSameSeed) {
    EXPECT_EQ(words(1, false), words(1, false));
    EXPECT_NE(words(1, false), words(2, false));
}

TEST(Words, AreOneTokenEachAndNeedNoEscaping) {
    for (const bool multi_byte : {false, true}) {
        const auto text = words(3, multi_byte);
        EXPECT_EQ(std::count(text.begin(), text.end(), ' '), 50);
        EXPECT_EQ(text.find_first_of("\"\\\n\r"), std::string::npos);
    }
}

TEST(Words, EveryMultiByteWordHasAMultiByteCharacter) {
    Words source{Random{4}, true};
    for (int word = 0; word < 100; ++word) {
        std::string text;
        source.append(text);
        EXPECT_TRUE(has_multi_byte(text)) << text;
    }
    EXPECT_FALSE(has_multi_byte(words(4, false)));
}

TEST(Padding, HasItsLengthAndVaries) {
    for (const std::size_t length : {0, 1, 9, 10, 11, 2000}) {
        std::string text = "x";
        append_padding(text, 5, length);
        EXPECT_EQ(text.size(), length + 1);
    }
    std::string first;
    std::string second;
    append_padding(first, 1, 100);
    append_padding(second, 2, 100);
    EXPECT_NE(first, second);
    EXPECT_THAT(first, testing::MatchesRegex("[A-Za-z0-9_-]+"));
}

}  // namespace
}  // namespace streamgauge::simulator
