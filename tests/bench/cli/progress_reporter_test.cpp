#include "bench/cli/progress_reporter.h"

#include "tests/bench/cli/test_console.h"

#include <gmock/gmock.h>

#include <atomic>

namespace streamgauge::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

scenarios::Scenario one_phase() {
    scenarios::Scenario scenario;
    scenario.load.resize(1);
    scenario.load[0].name = "steady";
    return scenario;
}

TEST(ProgressReporter, RedrawsOneLineOnATerminalAndErasesItInTheEnd) {
    TestConsole test;
    test.console.err_is_terminal = true;
    const auto scenario = one_phase();
    TtftWatch ttft(1);
    std::atomic<int> asked = 0;
    {
        ProgressReporter reporter(
            scenario, std::chrono::steady_clock::now(), test.console, false,
            [&] {
                ++asked;
                asked.notify_all();
                return load::Progress{7, 9, 2, 0, 40, 0, false};
            },
            ttft);
        for (int seen = asked; seen < 2; seen = asked)
            asked.wait(seen);
    }
    EXPECT_THAT(test.err.str(), StartsWith("\r0:00/0:10  steady  7 open  2 done  0 errors"));
    EXPECT_THAT(test.err.str(), ::testing::EndsWith("\r\x1b[K"));
    EXPECT_THAT(test.err.str(), Not(HasSubstr("\n")));
}

TEST(ProgressReporter, SaysSentencesOnLinesOfTheirOwn) {
    TestConsole test;
    const auto scenario = one_phase();
    TtftWatch ttft(1);
    ProgressReporter reporter(
        scenario, std::chrono::steady_clock::now(), test.console, false, [] { return load::Progress{}; },
        ttft);
    reporter.say("stopping");
    EXPECT_EQ(test.err.str(), "stopping\n");
}

TEST(ProgressReporter, QuietOneIsQuiet) {
    TestConsole test;
    test.console.err_is_terminal = true;
    const auto scenario = one_phase();
    TtftWatch ttft(1);
    ProgressReporter reporter(
        scenario, std::chrono::steady_clock::now(), test.console, true, [] { return load::Progress{}; },
        ttft);
    reporter.say("stopping");
    reporter.stop();
    EXPECT_EQ(test.err.str(), "");
}

}  // namespace
}  // namespace streamgauge::cli
