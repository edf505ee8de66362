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

}  // namespace
}  // namespace streamgauge::cli
