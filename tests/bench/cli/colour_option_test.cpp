#include "bench/cli/colour_option.h"

#include "bench/cli/command_table.h"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

struct Tool {
    CLI::App app{"what it is", "tool"};
    bool no_colour = false;

    Tool() { add_colour_option(app, no_colour); }
};

TEST(ColourOption, IsTakenInBothSpellings) {
    for (const std::string spelling : {"--no-color", "--no-colour"}) {
        Tool tool;
        tool.app.parse(spelling);
        EXPECT_TRUE(tool.no_colour) << spelling;
    }
    Tool neither;
    neither.app.parse("");
    EXPECT_FALSE(neither.no_colour);
}

TEST(ColourOption, IsListedInOne) {
    const Tool tool;
    EXPECT_THAT(tool.app.help(), HasSubstr("--no-color "));
    EXPECT_THAT(tool.app.help(), Not(HasSubstr("--no-colour")));
    const auto table = command_table(tool.app);
    ASSERT_EQ(table.front().options.size(), 2U) << "with --help";
    EXPECT_THAT(table.front().options[1].names, ElementsAre("--no-color"));
}

}  // namespace
}  // namespace streamgauge::cli
