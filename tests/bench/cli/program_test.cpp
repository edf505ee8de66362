#include "bench/cli/program.h"

#include "tests/bench/cli/test_console.h"

#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Program, WithoutArgumentsShowsHelpAndFails) {
    TestConsole test;
    EXPECT_EQ(test.run({}), 2);
    EXPECT_THAT(test.out.str(), IsEmpty());
    EXPECT_THAT(test.err.str(), HasSubstr("streamgauge run"));
}

TEST(Program, HelpGoesToStandardOutput) {
    TestConsole test;
    EXPECT_EQ(test.run({"--help"}), 0);
    EXPECT_THAT(test.out.str(), AllOf(HasSubstr("run"), HasSubstr("report"), HasSubstr("check"),
                                      HasSubstr("schema"), HasSubstr("serve"), HasSubstr("Exit status:")));
    EXPECT_THAT(test.err.str(), IsEmpty());
}

TEST(Program, EverySubcommandHasHelpOfItsOwn) {
    for (const std::string command : {"run", "report", "check", "schema", "serve"}) {
        TestConsole test;
        EXPECT_EQ(test.run({command, "--help"}), 0) << command;
        EXPECT_THAT(test.out.str(), HasSubstr("streamgauge " + command)) << command;
    }
}

TEST(Program, PrintsItsVersion) {
    TestConsole test;
    EXPECT_EQ(test.run({"--version"}), 0);
    EXPECT_EQ(test.out.str(), "streamgauge " STREAMGAUGE_VERSION "\n");
}

TEST(Program, WrongUsageIsOneSentenceWithTheWayOut) {
    TestConsole unknown_option;
    EXPECT_EQ(unknown_option.run({"check", "a.yaml", "--sett", "a=b"}), 2);
    EXPECT_THAT(unknown_option.err.str(),
                AllOf(HasSubstr("--sett"), HasSubstr("See `streamgauge check --help`.")));
    TestConsole unknown_command;
    EXPECT_EQ(unknown_command.run({"rum"}), 2);
    EXPECT_EQ(unknown_command.err.str(),
              "streamgauge: there is no command `rum` (did you mean `run`?). See `streamgauge --help`.\n");
    TestConsole far_off;
    EXPECT_EQ(far_off.run({"measure\x1b[31m"}), 2);
    EXPECT_EQ(far_off.err.str(),
              "streamgauge: there is no command `measure?[31m`. See `streamgauge --help`.\n");
    TestConsole missing_argument;
    EXPECT_EQ(missing_argument.run({"run"}), 2);
    EXPECT_THAT(missing_argument.out.str(), IsEmpty());
}

TEST(Program, AfterTwoDashesNothingIsAnOption) {
    for (const std::string file : {"--help", "--version", "-h", "--quiet", "-x.yaml"}) {
        TestConsole test;
        EXPECT_EQ(test.run({"check", "--", file}), 2);
        EXPECT_EQ(test.err.str(), "streamgauge: there is no scenario file " + file + "\n");
        EXPECT_THAT(test.out.str(), IsEmpty());
    }
    for (const std::string extra : {"--help", "--version"}) {
        TestConsole test;
        EXPECT_EQ(test.run({"check", "a.yaml", "--", extra}), 2) << extra;
        EXPECT_EQ(test.err.str(), "streamgauge: The following argument was not expected: " + extra +
                                      ". See `streamgauge check --help`.\n");
        EXPECT_THAT(test.out.str(), IsEmpty());
    }
    TestConsole help;
    EXPECT_EQ(help.run({"check", "--help", "--", "a.yaml"}), 0);
}

TEST(Program, OutputThatCannotBeWrittenIsAnError) {
    TestConsole test;
    test.out.setstate(std::ios::badbit);
    EXPECT_EQ(test.run({"schema"}), 4);
    EXPECT_THAT(test.err.str(), HasSubstr("cannot write to standard output"));
}

}  // namespace
}  // namespace streamgauge::cli
