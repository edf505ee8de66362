#include "report/export/json_line.h"

#include "report/export/json_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace streamgauge::report {
namespace {

TEST(JsonLineTest, WritesEachKindOfField) {
    JsonLine line;
    line.field("a", -1);
    line.field("b", std::uint64_t{18'446'744'073'709'551'615U});
    line.field("c", true);
    line.field("d", 0.5);
    line.field("e", "text");
    line.field("f", std::vector<std::int64_t>{1, -2, 3});
    line.raw("g", "{\"x\":null}");
    EXPECT_EQ(std::move(line).finish(),
              "{\"a\":-1,\"b\":18446744073709551615,\"c\":true,\"d\":0.5,\"e\":\"text\",\"f\":[1,-2,3],"
              "\"g\":{\"x\":null}}\n");
    EXPECT_EQ(JsonLine().finish(), "{}\n");
}

TEST(JsonLineTest, LeavesOutNumbersThatAreNotFinite) {
    JsonLine line;
    line.field("a", std::nan(""));
    line.field("b", std::numeric_limits<double>::infinity());
    EXPECT_EQ(std::move(line).finish(), "{}\n");
}

TEST(JsonLineTest, WritesDoublesThatReadBackToTheBit) {
    JsonLineReader reader;
    for (const double value : {0.1, 1.0 / 3, 1e300, 5e-324, -2.5, 123456789012345678.0, 0.0, 1e15, 1e16}) {
        JsonLine line;
        line.field("value", value);
        ASSERT_TRUE(reader.parse(std::move(line).finish()));
        EXPECT_EQ(reader.number("value"), value);
    }
}

TEST(JsonLineTest, StaysOnOneLineWhateverTheText) {
    const std::string text = std::string("\"\\/\n\r\t\x01\0\x7f", 9) + "\u2028\xff";
    JsonLine line;
    line.field("text", std::string_view(text));
    const auto written = std::move(line).finish();
    EXPECT_EQ(written.find('\n'), written.size() - 1);
    JsonLineReader reader;
    ASSERT_TRUE(reader.parse(written));
    EXPECT_EQ(reader.text("text"), text.substr(0, text.size() - 1) + "\xef\xbf\xbd");
}

TEST(JsonStringTest, HasItsQuotes) {
    EXPECT_EQ(json_string("a\"b"), R"("a\"b")");
    EXPECT_EQ(json_string(""), "\"\"");
}

}  // namespace
}  // namespace streamgauge::report
