#include "bench/cli/progress_reporter.h"

#include "tests/bench/cli/test_console.h"

#include <gmock/gmock.h>

#include <atomic>

namespace streamgauge::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto take_away = "A\x1b[J";  ///< the end of: to the top of the block, and clear

class Reporting : public ::testing::Test {
  protected:
    Reporting() {
        scenario.name = "a run";
        scenario.load.resize(1);
        scenario.load[0].name = "steady";
        scenario.drain = 600s;
    }

    ReportedRun run() {
        return {scenario,
                std::chrono::steady_clock::now(),
                1,
                watch,
                [this] {
                    ++asked;
                    asked.notify_all();
                    return load::Progress{7, 9, 2, 0, 40, 0, false};
                },
                [] { return std::string(); }};
    }
    /// Until the reporter has looked at the run so many times more, and written what it saw before the last.
    void wait_for_looks(int more) {
        const int enough = asked + more;
        for (int seen = asked; seen < enough; seen = asked)
            asked.wait(seen);
    }

    TestConsole test;
    scenarios::Scenario scenario;
    live::RequestWatch watch{1, 0};
    std::atomic<int> asked = 0;
};

TEST_F(Reporting, RedrawsABlockOnATerminalAndTakesItAwayInTheEnd) {
    test.console.err_is_terminal = true;
    {
        ProgressReporter reporter(run(), test.console, {});
        wait_for_looks(2);
    }
    EXPECT_THAT(test.err.str(), AllOf(HasSubstr("a run"), HasSubstr("7 open"), HasSubstr("2 done")));
    EXPECT_THAT(test.err.str(), EndsWith(take_away));
}

TEST_F(Reporting, SizeOfTheTerminalIsAskedForEachFrame) {
    test.console.err_is_terminal = true;
    std::atomic<unsigned> width = 100;
    test.console.width = [&] { return width.load(); };
    ProgressReporter reporter(run(), test.console, {});
    wait_for_looks(2);
    width = 30;
    wait_for_looks(2);
    reporter.stop();
    EXPECT_THAT(test.err.str(), AllOf(HasSubstr("a run"), HasSubstr("0:00/0:10  7 open")));
}

TEST_F(Reporting, ColoursAreForTerminalsThatWantThem) {
    test.console.err_is_terminal = true;
    const auto drawn = [this](bool no_colour) {
        test.err.str("");
        ProgressReporter reporter(run(), test.console, {.no_colour = no_colour});
        wait_for_looks(2);
        reporter.stop();
        return test.err.str();
    };
    EXPECT_THAT(drawn(false), HasSubstr("\x1b[1ma run"));
    EXPECT_THAT(drawn(true), AllOf(HasSubstr("a run"), Not(HasSubstr("\x1b[1m"))));
    test.variables["NO_COLOR"] = "1";
    EXPECT_THAT(drawn(false), Not(HasSubstr("\x1b[1m")));
}

TEST_F(Reporting, SentencesStandAboveTheBlock) {
    test.console.err_is_terminal = true;
    ProgressReporter reporter(run(), test.console, {});
    wait_for_looks(2);
    reporter.say("a note");
    reporter.stop();
    EXPECT_THAT(test.err.str(), HasSubstr(std::string(take_away) + "a note\n"));
}

TEST_F(Reporting, TerminalIsToldByTheBlockThatTheRunStops) {
    test.console.err_is_terminal = true;
    ProgressReporter reporter(run(), test.console, {});
    reporter.announce("a plain line");
    reporter.stopping("Ctrl-C again");
    wait_for_looks(2);
    reporter.ending();
    wait_for_looks(2);
    reporter.stop();
    EXPECT_THAT(test.err.str(),
                AllOf(HasSubstr("stopping: waiting for 7 streams"), HasSubstr("at most 10:00 left"),
                      HasSubstr("Ctrl-C again ends them now"), HasSubstr("ending 7 streams")));
    EXPECT_THAT(test.err.str(), Not(HasSubstr("plain line")));
}

TEST_F(Reporting, OffATerminalSentencesAreLines) {
    ProgressReporter reporter(run(), test.console, {});
    reporter.announce("running");
    reporter.say("a note");
    reporter.stopping("Ctrl-C again");
    reporter.ending();
    reporter.leave();
    reporter.stop();
    EXPECT_EQ(test.err.str(), "running\na note\n");
}

TEST_F(Reporting, DrawsNothingWhileSuspended) {
    test.console.err_is_terminal = true;
    ProgressReporter reporter(run(), test.console, {});
    wait_for_looks(2);
    reporter.suspend();
    const auto before = test.err.str();
    EXPECT_THAT(before, EndsWith(take_away));
    wait_for_looks(2);
    reporter.suspend();  // takes the mutex, so no frame is being written now
    EXPECT_EQ(test.err.str(), before);
    reporter.resume();
    wait_for_looks(2);
    reporter.stop();
    EXPECT_GT(test.err.str().size(), before.size() + 100);
}

TEST_F(Reporting, DrawsNothingInTheBackground) {
    test.console.err_is_terminal = true;
    test.console.in_foreground = [] { return false; };
    ProgressReporter reporter(run(), test.console, {});
    wait_for_looks(2);
    reporter.stop();
    EXPECT_EQ(test.err.str(), "");
}

TEST_F(Reporting, LeavesTheTerminalClean) {
    test.console.err_is_terminal = true;
    ProgressReporter reporter(run(), test.console, {});
    wait_for_looks(2);
    reporter.suspend();
    reporter.resume();
    reporter.leave();
    EXPECT_THAT(test.err.str(), EndsWith(take_away));
}

TEST_F(Reporting, QuietOneIsQuiet) {
    test.console.err_is_terminal = true;
    ProgressReporter reporter(run(), test.console, {.quiet = true});
    reporter.announce("running");
    reporter.say("a note");
    reporter.stopping("Ctrl-C again");
    reporter.stop();
    EXPECT_EQ(test.err.str(), "");
}

}  // namespace
}  // namespace streamgauge::cli
