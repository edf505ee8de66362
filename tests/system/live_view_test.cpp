#include "bench/live/screen_block.h"
#include "tests/system/fixture.h"
#include "tests/system/terminal.h"

#include <gmock/gmock.h>

#include <signal.h>

#include <sstream>

namespace streamgauge::system_tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view clear_below = "\x1b[J", hide_cursor = "\x1b[?25l", show_cursor = "\x1b[?25h";

/// A run on a terminal, against the simulator.
class LiveView : public ::testing::Test {
  protected:
    LiveView() {
        scene.behaviour = "ttft: 20ms, itl: 5ms, tokens: 20";
        scene.load = "{ phase: steady, users: 5, for: 1s }";
    }

    Terminal start(unsigned columns, unsigned rows, std::vector<std::string> environment = {}) {
        for (const auto* usual : {"TERM=xterm-256color", "LC_ALL=C.UTF-8"})
            environment.insert(environment.begin(), usual);
        return Terminal(bench.command(scene, {"--no-html"}), columns, rows, environment);
    }

    /// The last frame that was drawn whole, by its lines.
    static std::vector<std::string> last_frame(const std::string& written) {
        const auto end = written.rfind(show_cursor);
        const auto begin = written.rfind(hide_cursor, end) + hide_cursor.size();
        std::istringstream text(written.substr(begin, written.rfind(clear_below, end) - begin));
        std::vector<std::string> lines;
        for (std::string line; std::getline(text, line);) {
            for (const std::string code : {"\x1b[?7l", "\x1b[K", "\r"}) {
                for (auto at = line.find(code); at != std::string::npos; at = line.find(code))
                    line.erase(at, code.size());
            }
            if (line.starts_with("\x1b[")) line.erase(0, line.find('A') + 1);
            lines.push_back(line);
        }
        return lines;
    }

    Simulator simulator;
    Bench bench;
    Scene scene{simulator.chat_url()};
};

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

TEST_F(LiveView, IsDrawnInPlaceAndLeavesNothingButTheSummary) {
    auto terminal = start(100, 30);
    terminal.wait();
    const auto& written = terminal.written();
    EXPECT_THAT(written, AllOf(HasSubstr("system test"), HasSubstr("TTFT p95"), HasSubstr("served"),
                               HasSubstr("client"), HasSubstr("━")));
    EXPECT_THAT(written, Not(HasSubstr("\x1b[?1049h")));  // no other screen
    EXPECT_EQ(count(written, hide_cursor), count(written, show_cursor));
    EXPECT_LT(written.rfind(hide_cursor), written.rfind(show_cursor));
    // After the block was taken away, and before it was drawn first, only the summary was written.
    const auto summary = written.substr(written.rfind(clear_below) + clear_below.size());
    EXPECT_THAT(summary, AllOf(HasSubstr("requests"), HasSubstr(bench.folder().path().string())));
    EXPECT_THAT(summary, Not(HasSubstr("a mark is a second")));
    EXPECT_TRUE(written.starts_with(hide_cursor)) << written.substr(0, 200);
}

TEST_F(LiveView, FollowsTheSizeOfTheWindow) {
    scene.load = "{ phase: steady, users: 5, for: 120s }";
    auto terminal = start(100, 30);
    terminal.wait_for("TTFT p95");
    terminal.resize(50, 8);
    // The first frame may have been on its way when the size changed.
    for (int frame = 0; frame < 3; ++frame)
        terminal.wait_for(show_cursor);
    const auto lines = last_frame(terminal.written());
    EXPECT_GT(lines.size(), 3u);
    EXPECT_LE(lines.size(), 7u);
    for (const auto& line : lines)
        EXPECT_LE(live::visible_width(line), 49u) << line;
    terminal.resize(20, 8);
    terminal.wait_for("/2:00  ");
    for (int frame = 0; frame < 3; ++frame)
        terminal.wait_for(show_cursor);
    EXPECT_EQ(last_frame(terminal.written()).size(), 1u);
}

TEST_F(LiveView, SaysThatItStopsAndEndsAtTheSecondKey) {
    scene.load = "{ phase: steady, users: 5, for: 120s }";
    scene.behaviour = "ttft: 20ms, itl: 100ms, tokens: 3000";
    auto terminal = start(100, 30);
    terminal.wait_for("5 open");
    terminal.type("\x03");
    terminal.wait_for("stopping: waiting for 5 streams");
    terminal.wait_for("at most 0:2");
    terminal.wait_for("Ctrl-C again ends them now");
    terminal.type("\x03");
    EXPECT_EQ(terminal.wait(), 130);
    EXPECT_THAT(terminal.written(), HasSubstr("aborted"));
}

TEST_F(LiveView, LeavesTheTerminalToTheShellWhileItIsSuspended) {
    scene.load = "{ phase: steady, users: 5, for: 120s }";
    auto terminal = start(100, 30);
    terminal.wait_for("TTFT p95");
    terminal.signal(SIGTSTP);
    terminal.wait_until_stopped();
    EXPECT_TRUE(terminal.written().ends_with(clear_below)) << terminal.written();
    terminal.signal(SIGCONT);
    terminal.wait_for("TTFT p95");
    terminal.signal(SIGTERM);
    EXPECT_EQ(terminal.wait(), 143);
}

TEST_F(LiveView, IsPlainWhereTheTerminalIsDumb) {
    auto terminal = start(100, 30, {"TERM=dumb"});
    terminal.wait();
    EXPECT_THAT(terminal.written(), AllOf(HasSubstr("running system test"), Not(HasSubstr("\x1b"))));
}

TEST_F(LiveView, HasNoColourAndNoUnicodeWhereThatIsNotWanted) {
    auto terminal = start(100, 30, {"NO_COLOR=1", "LC_ALL=C"});
    terminal.wait();
    EXPECT_THAT(terminal.written(),
                AllOf(HasSubstr("TTFT p95"), HasSubstr("====="), Not(HasSubstr("\x1b[1m")),
                      Not(HasSubstr("\x1b[3")), Not(HasSubstr("━"))));
}

}  // namespace
}  // namespace streamgauge::system_tests
