#include "report/export/text_table.h"

#include <gmock/gmock.h>

#include <climits>

namespace streamgauge::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TextTable two_rows() {
    TextTable table({{"", "target", true, INT_MAX},
                     {"ttft", "p50", false, 2},
                     {"ttft", "p95", false, 3},
                     {"", "errors", false, 1}});
    table.add({{"direct"}, {"90ms"}, {"120ms"}, {"0%"}});
    table.add({{"g\u00e4teway"}, {"100ms"}, {"1.25s", Shade::bad}, {"12%"}});
    return table;
}

TEST(TextTableTest, AlignsColumnsAndNamesGroups) {
    EXPECT_EQ(two_rows().draw(80, 2, false),
              "                  ttft\n"
              "  target     p50   p95  errors\n"
              "  direct    90ms 120ms      0%\n"
              "  g\u00e4teway  100ms 1.25s     12%\n");
}

TEST(TextTableTest, LeavesOutTheLeastImportantColumnsFirst) {
    const auto table = two_rows();
    const auto narrow = table.draw(24, 2, false);
    EXPECT_THAT(narrow, Not(HasSubstr("errors")));
    EXPECT_THAT(narrow, HasSubstr("p50"));
    const auto narrower = table.draw(17, 2, false);
    EXPECT_THAT(narrower, Not(HasSubstr("p50")));
    EXPECT_THAT(narrower, HasSubstr("p95"));
    EXPECT_EQ(table.draw(1, 0, false), "\ntarget\ndirect\ng\u00e4teway\n");
}

TEST(TextTableTest, TellsWhetherAllColumnsFit) {
    EXPECT_TRUE(two_rows().fits(30, 2));
    EXPECT_FALSE(two_rows().fits(29, 2));
}

TEST(TextTableTest, ColoursCellsButNotWidths) {
    const auto coloured = two_rows().draw(80, 0, true);
    EXPECT_THAT(coloured, HasSubstr("\x1b[31m1.25s\x1b[0m"));
    std::string plain;
    for (std::size_t i = 0; i < coloured.size(); ++i) {
        if (coloured[i] == '\x1b') {
            i = coloured.find('m', i);
        } else {
            plain += coloured[i];
        }
    }
    EXPECT_EQ(plain, two_rows().draw(80, 0, false));
}

TEST(TextTableTest, FillsShortRows) {
    TextTable table({{"", "a", true, 0}, {"", "b", false, 0}});
    table.add({{"x"}});
    EXPECT_EQ(table.draw(80, 0, false), "a  b\nx\n");
}

TEST(ShadedTest, ColoursOnlyWhereAsked) {
    EXPECT_EQ(shaded("x", Shade::good, true), "\x1b[32mx\x1b[0m");
    EXPECT_EQ(shaded("x", Shade::good, false), "x");
    EXPECT_EQ(shaded("x", Shade::plain, true), "x");
    EXPECT_EQ(shaded("", Shade::bad, true), "");
}

TEST(WrappedTest, BreaksAtSpaces) {
    EXPECT_EQ(wrapped("one two three four five", 13, 2), "one two three\n  four five");
    EXPECT_EQ(wrapped("short", 80, 2), "short");
    EXPECT_EQ(wrapped("", 80, 2), "");
    EXPECT_EQ(wrapped("a  b", 80, 0), "a b");
}

TEST(WrappedTest, CutsWordsThatAreTooLong) {
    EXPECT_EQ(wrapped(std::string(30, 'x') + " y", 12, 2), std::string(10, 'x') + " y");
    EXPECT_EQ(wrapped("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9 b", 8, 0),
              "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\nb");
}

}  // namespace
}  // namespace streamgauge::report
