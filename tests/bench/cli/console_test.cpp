#include "bench/cli/console.h"

#include "tests/bench/cli/test_console.h"

#include <gtest/gtest.h>

namespace streamgauge::cli {
namespace {

TEST(TerminalStyle, OffATerminalIsPlain) {
    TestConsole test;
    const auto style = terminal_style(test.console, false);
    EXPECT_FALSE(style.colour);
    EXPECT_TRUE(style.unicode);
    EXPECT_EQ(style.width, 100);
}

TEST(TerminalStyle, TerminalHasColourUnlessToldOtherwise) {
    TestConsole test;
    test.console.out_is_terminal = true;
    EXPECT_TRUE(terminal_style(test.console, false).colour);
    EXPECT_FALSE(terminal_style(test.console, true).colour);
    test.variables["NO_COLOR"] = "";
    EXPECT_TRUE(terminal_style(test.console, false).colour);
    test.variables["NO_COLOR"] = "1";
    EXPECT_FALSE(terminal_style(test.console, false).colour);
}

TEST(TerminalStyle, TerminalGivesTheWidth) {
    TestConsole test;
    test.console.out_is_terminal = true;
    EXPECT_EQ(terminal_style(test.console, false).width, 80);
    test.console.width = [] { return 240u; };
    EXPECT_EQ(terminal_style(test.console, false).width, 100);
}

TEST(TerminalStyle, LocaleSaysWhetherThereIsUnicode) {
    TestConsole test;
    test.console.out_is_terminal = true;
    EXPECT_FALSE(terminal_style(test.console, false).unicode);
    test.variables["LANG"] = "en_US.UTF-8";
    EXPECT_TRUE(terminal_style(test.console, false).unicode);
    test.variables["LC_ALL"] = "C";
    EXPECT_FALSE(terminal_style(test.console, false).unicode);
}

TEST(ViewStyle, FollowsTheSameRules) {
    TestConsole test;
    EXPECT_TRUE(view_style(test.console, false).colour);
    EXPECT_FALSE(view_style(test.console, true).colour);
    EXPECT_FALSE(view_style(test.console, false).unicode);
    test.variables["NO_COLOR"] = "1";
    test.variables["LC_CTYPE"] = "C.UTF-8";
    EXPECT_FALSE(view_style(test.console, false).colour);
    EXPECT_TRUE(view_style(test.console, false).unicode);
}

}  // namespace
}  // namespace streamgauge::cli
