#include "bench/api/clean_text.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::api {
namespace {

using namespace std::string_literals;

TEST(CleanText, LeavesPlainTextAsItIs) {
    EXPECT_EQ(clean_text(""), "");
    EXPECT_EQ(clean_text("Model <b>\"x\"</b> is busy."), "Model <b>\"x\"</b> is busy.");
    EXPECT_EQ(clean_text("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"), "\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
}

TEST(CleanText, MakesOneSpaceOfWhiteSpace) {
    EXPECT_EQ(clean_text("\n a\r\n\tb  c \n"), "a b c");
}

TEST(CleanText, RemovesControlCharacters) {
    EXPECT_EQ(clean_text("a\0b\x1b[31mc\x7f\x07"s), "ab[31mc");
    EXPECT_EQ(clean_text("a\xC2\x9B"
                         "31mb\xC2\x80"),
              "a31mb");
    EXPECT_EQ(clean_text("a\xC2\xA0"
                         "b"),
              "a\xC2\xA0"
              "b");
}

TEST(CleanText, RemovesBytesThatAreNoUtf8) {
    for (const auto* bad :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE2\x82", "\xE0\x80\x80", "\xED\xA0\x80",
          "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xF0\x9F\x98"}) {
        EXPECT_EQ(clean_text("a"s + bad + "b"), "ab") << testing::PrintToString(bad);
        EXPECT_EQ(clean_text("a"s + bad), "a") << testing::PrintToString(bad);
    }
}

TEST(CleanText, CutsAtTheBoundaryOfACharacter) {
    const std::string euros = "\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC";
    for (std::size_t bound = 0; bound < 12; ++bound) {
        EXPECT_EQ(clean_text(euros, bound), euros.substr(0, std::min(bound, std::size_t{9}) / 3 * 3))
            << bound;
    }
    EXPECT_EQ(clean_text("a bc", 2), "a");
    EXPECT_EQ(clean_text("a bc", 3), "a b");
    EXPECT_EQ(clean_text(std::string(5000, 'x')).size(), max_error_text_bytes);
}

}  // namespace
}  // namespace streamgauge::api
