#include "bench/cli/run_options.h"

#include "bench/cli/usage_error.h"
#include "tests/bench/cli/test_console.h"

#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

TEST(RunOptions, FlagsWinOverTheEnvironment) {
    TestConsole test;
    test.variables = {{"STREAMGAUGE_WORKERS", "3"}, {"STREAMGAUGE_OUT", "elsewhere"}};
    RunOptions options;
    options.workers = 5;
    options.out = "here";
    complete(options, test.console);
    EXPECT_EQ(options.workers, 5u);
    EXPECT_EQ(options.out, "here");
}

TEST(RunOptions, EnvironmentWinsOverTheDefault) {
    TestConsole test;
    test.variables = {{"STREAMGAUGE_WORKERS", "3"}, {"STREAMGAUGE_OUT", "elsewhere"}};
    RunOptions options;
    complete(options, test.console);
    EXPECT_EQ(options.workers, 3u);
    EXPECT_EQ(options.out, "elsewhere");
}

TEST(RunOptions, DefaultIsAtLeastOneWorkerAndNoFolder) {
    TestConsole test;
    RunOptions options;
    complete(options, test.console);
    EXPECT_GE(options.workers, 1u);
    EXPECT_LE(options.workers, most_default_workers);
    EXPECT_TRUE(options.out.empty());
}

TEST(RunOptions, VariableThatMakesNoSenseIsNamed) {
    for (const auto* text : {"", "0", "257", "-1", "two", "2x"}) {
        TestConsole test;
        test.variables["STREAMGAUGE_WORKERS"] = text;
        RunOptions options;
        try {
            complete(options, test.console);
            FAIL() << "`" << text << "` was taken";
        } catch (const UsageError& error) {
            EXPECT_EQ(std::string(error.what()),
                      "STREAMGAUGE_WORKERS=" + std::string(text) + " is not a number from 1 to 256");
        }
    }
}

}  // namespace
}  // namespace streamgauge::cli
