#include "bench/live/screen_block.h"

#include <gtest/gtest.h>

namespace streamgauge::live {
namespace {

const std::string begin = "\x1b[?25l\x1b[?7l", end = "\x1b[J\r\x1b[?7h\x1b[?25h";

TEST(ScreenBlock, DrawsItsLinesAndStaysAtTheStartOfTheLast) {
    ScreenBlock block;
    EXPECT_EQ(block.draw({"one", "two"}, 80), begin + "\rone\x1b[K\r\ntwo\x1b[K" + end);
}

TEST(ScreenBlock, DrawsOverItself) {
    ScreenBlock block;
    block.draw({"one", "two", "three"}, 80);
    EXPECT_EQ(block.draw({"1"}, 80), begin + "\r\x1b[2A" + "1\x1b[K" + end);
    EXPECT_EQ(block.draw({"1", "2"}, 80), begin + "\r1\x1b[K\r\n2\x1b[K" + end);
}

TEST(ScreenBlock, GoesAwayWithoutATrace) {
    ScreenBlock block;
    EXPECT_EQ(block.erase(80), "");
    block.draw({"one", "two"}, 80);
    EXPECT_EQ(block.erase(80), "\r\x1b[1A\x1b[J");
    EXPECT_EQ(block.erase(80), "");
    block.draw({"one"}, 80);
    EXPECT_EQ(block.draw({}, 80), "\r\x1b[J");
}

TEST(ScreenBlock, KnowsThatANarrowerWindowHasWrappedIt) {
    ScreenBlock block;
    const std::string line(70, 'x');
    block.draw({line, "", line, line}, 80);
    // Two of 70 columns take two rows each in a window of 40; the cursor is on the first row of the last.
    EXPECT_EQ(block.erase(40), "\r\x1b[5A\x1b[J");
}

TEST(ScreenBlock, BeginsAtTheCursorOnceForgotten) {
    ScreenBlock block;
    block.draw({"one", "two"}, 80);
    block.forget();
    EXPECT_EQ(block.erase(80), "");
    EXPECT_EQ(block.draw({"one"}, 80), begin + "\rone\x1b[K" + end);
}

TEST(VisibleWidth, LeavesColoursOut) {
    EXPECT_EQ(visible_width("ab"), 2u);
    EXPECT_EQ(visible_width("\x1b[1mä\x1b[0mb"), 2u);
    EXPECT_EQ(visible_width("\x1b["), 0u);
    EXPECT_EQ(visible_width(""), 0u);
}

}  // namespace
}  // namespace streamgauge::live
