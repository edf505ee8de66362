#include "bench/cli/completion_command.h"

#include "tests/bench/cli/test_console.h"

#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(CompletionCommand, KnowsTheProgramsOwnOptions) {
    for (const std::string shell : {"bash", "zsh", "fish"}) {
        TestConsole test;
        EXPECT_EQ(test.run({"completion", shell}), 0) << test.err.str();
        EXPECT_THAT(test.out.str(),
                    AllOf(HasSubstr("junit"), HasSubstr("calibrate"), HasSubstr("completion")))
            << shell;
    }
}

TEST(CompletionCommand, RefusesOtherShells) {
    TestConsole test;
    EXPECT_EQ(test.run({"completion", "cmd"}), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("cmd"));
}

TEST(ManCommand, DescribesEveryCommand) {
    TestConsole test;
    EXPECT_EQ(test.run({"man"}), 0);
    EXPECT_THAT(test.out.str(),
                AllOf(HasSubstr(".SS run\n"), HasSubstr(".SS report\n"), HasSubstr("\\-\\-junit")));
}

}  // namespace
}  // namespace streamgauge::cli
