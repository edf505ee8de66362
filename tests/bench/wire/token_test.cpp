#include "bench/wire/token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace streamgauge::wire {
namespace {

TEST(Token, TrimsOptionalWhiteSpace) {
    EXPECT_EQ(trim(" \ta b\t "), "a b");
    EXPECT_EQ(trim(" \t "), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim("\ra"), "\ra");
}

TEST(Token, ComparesAsciiWithoutCase) {
    EXPECT_TRUE(equal_ignoring_case("Keep-ALIVE", "keep-alive"));
    EXPECT_TRUE(equal_ignoring_case("", ""));
    EXPECT_FALSE(equal_ignoring_case("a", "ab"));
    EXPECT_FALSE(equal_ignoring_case("@", "`"));
    EXPECT_FALSE(equal_ignoring_case("\xC4", "\xE4"));
}

TEST(Token, VisitsTheElementsOfAList) {
    std::vector<std::string> tokens;
    for_each_token(" a,, b c ,\t,d", [&](std::string_view token) { tokens.emplace_back(token); });
    EXPECT_THAT(tokens, testing::ElementsAre("a", "b c", "d"));
    for_each_token("", [&](std::string_view) { FAIL(); });
    for_each_token(" , ", [&](std::string_view) { FAIL(); });
}

}  // namespace
}  // namespace streamgauge::wire
