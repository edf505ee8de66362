#include "bench/cli/command_table.h"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CommandTable, HasTheProgramAndItsCommandsWithTheirOptions) {
    CLI::App app{"what it is", "tool"};
    std::string file, scenario;
    bool quiet = false;
    auto* run = app.add_subcommand("run", "Run it");
    run->add_option("scenario", scenario, "The scenario")->option_text("YAML");
    run->add_option("-o,--out", file, "Where to")->option_text("DIR");
    run->add_flag("--quiet", quiet, "Say nothing");
    run->footer("Examples:");
    const auto table = command_table(app);
    ASSERT_EQ(table.size(), 2U);
    EXPECT_EQ(table[0].name, "tool");
    EXPECT_EQ(table[0].description, "what it is");
    EXPECT_EQ(table[1].name, "run");
    EXPECT_EQ(table[1].footer, "Examples:");
    ASSERT_EQ(table[1].arguments.size(), 1U);
    EXPECT_EQ(table[1].arguments[0].value, "YAML");
    ASSERT_EQ(table[1].options.size(), 3U) << "with --help";
    EXPECT_THAT(table[1].options[1].names, ElementsAre("-o", "--out"));
    EXPECT_EQ(table[1].options[1].value, "DIR");
    EXPECT_THAT(table[1].options[2].names, ElementsAre("--quiet"));
    EXPECT_THAT(table[1].options[2].value, IsEmpty());
}

TEST(CommandTable, KnowsWhatAValueCanBe) {
    CLI::App app{"what it is", "tool"};
    std::string text;
    app.set_help_flag();
    app.add_option("shell", text, "Which")->option_text("SHELL")->check(CLI::IsMember({"bash", "zsh"}));
    app.add_option("--file", text, "Which")->option_text("FILE");
    app.add_option("--run", text, "Which")->type_name("DIR")->option_text("RUN");
    app.add_option("--switch", text, "Which")->type_name("auto|on|off");
    app.add_option("--size", text, "Which")->type_name("none|block:BYTES");
    app.add_option("--count", text, "Which")->option_text("N");
    const auto table = command_table(app);
    ASSERT_EQ(table[0].arguments.size(), 1U);
    EXPECT_EQ(table[0].arguments[0].takes, Takes::choice);
    EXPECT_THAT(table[0].arguments[0].choices, ElementsAre("bash", "zsh"));
    const auto& options = table[0].options;
    ASSERT_EQ(options.size(), 5U);
    EXPECT_EQ(options[0].takes, Takes::file);
    EXPECT_EQ(options[1].takes, Takes::folder);
    EXPECT_THAT(options[2].choices, ElementsAre("auto", "on", "off"));
    EXPECT_EQ(options[3].takes, Takes::text);
    EXPECT_EQ(options[4].takes, Takes::text);
}

}  // namespace
}  // namespace streamgauge::cli
