#include "bench/live/view_line.h"

#include <gtest/gtest.h>

namespace streamgauge::live {
namespace {

using report::Shade;

ViewLine three() {
    ViewLine line;
    line.add("name", Shade::bold, 9).add("detail", Shade::dim, 1).to_the_right().add("end", Shade::plain, 5);
    return line;
}

TEST(ViewLine, PutsPiecesIntoTheWidth) {
    EXPECT_EQ(three().draw(20, false), "name  detail     end");
    EXPECT_EQ(three().draw(17, false), "name  detail  end");
    EXPECT_EQ(three().draw(16, false), "name         end");
    EXPECT_EQ(three().draw(8, false), "name");
    EXPECT_EQ(three().draw(3, false), "nam");
    EXPECT_EQ(three().draw(0, false), "");
}

TEST(ViewLine, HasNoBlanksAtItsEnd) {
    EXPECT_EQ(ViewLine().add("padded   ").draw(20, false), "padded");
    EXPECT_EQ(ViewLine().draw(20, false), "");
}

TEST(ViewLine, ColoursDoNotCount) {
    EXPECT_EQ(three().draw(8, true), "\x1b[1mname\x1b[0m");
    EXPECT_EQ(ViewLine().add("ab").add("cd", Shade::bad).draw(6, true), "ab  \x1b[31mcd\x1b[0m");
}

TEST(Cut, GoesBetweenCharacters) {
    EXPECT_EQ(cut("äöü", 2), "äö");
    EXPECT_EQ(cut("äöü", 9), "äöü");
    EXPECT_EQ(cut("abc", 0), "");
}

TEST(Padded, CountsCharacters) {
    EXPECT_EQ(padded_right("ä", 3), "ä  ");
    EXPECT_EQ(padded_left("ä", 3), "  ä");
    EXPECT_EQ(padded_left("long", 3), "long");
}

}  // namespace
}  // namespace streamgauge::live
