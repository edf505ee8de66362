#pragma once

#include "bench/cli/console.h"
#include "bench/live/figures.h"
#include "bench/live/request_watch.h"
#include "bench/live/screen_block.h"
#include "bench/load/engine.h"
#include "report/model/moment.h"
#include "scenarios/scenario.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace streamgauge::cli {

/// What a progress reporter asks a run for. Called from any thread.
struct ReportedRun {
    const scenarios::Scenario& scenario;
    report::Moment start;  ///< when the first phase begins
    unsigned workers = 1;
    live::RequestWatch& watch;
    std::function<load::Progress()> progress;
    std::function<std::string()> trouble;  ///< one sentence on what hampers the run; empty without any
};

/// Tells how a run goes while it lives, on a thread of its own: on a terminal a few lines drawn again five
/// times a second and taken away in the end, elsewhere one plain line every five seconds.
class ProgressReporter {
  public:
    struct Options {
        bool quiet = false;  ///< writes nothing at all
        bool no_colour = false;
    };

    /// Everything given by reference outlives the reporter.
    ProgressReporter(ReportedRun run, Console& console, Options options);
    ~ProgressReporter();
    ProgressReporter(const ProgressReporter&) = delete;
    ProgressReporter& operator=(const ProgressReporter&) = delete;

    /// Ends the progress, so that other things can be written. Once or often.
    void stop();

    /// Writes a line of its own, which stays, above the progress or after it. Any thread.
    void say(std::string_view sentence);

    /// The same, but not to a terminal, which is told by the progress or the closing summary.
    void announce(std::string_view sentence);
    /// From here on the progress shows that the run stops: what is open may end, unless a person does what
    /// `again` says.
    void stopping(std::string again);
    /// From here on it shows that what is open is ended.
    void ending();

    /// Takes the progress off the terminal, which is another's until resume().
    void suspend();
    void resume();
    /// Takes the progress off the terminal unless that would mean to wait: the program is about to be left.
    void leave();

  private:
    void report_until_stopped();
    live::Snapshot look();
    void draw(const live::Snapshot& snapshot);
    void write(const std::string& text);
    bool is_live() const { return console_.err_is_terminal && !options_.quiet; }

    ReportedRun run_;
    Console& console_;
    Options options_;
    live::ViewStyle style_;
    std::chrono::nanoseconds cpu_before_;  ///< what this program had used before the run

    std::mutex mutex_;  ///< of the console and all that follows
    std::condition_variable stopped_;
    bool stop_ = false;
    bool suspended_ = false;
    live::Stage stage_ = live::Stage::running;
    report::Moment stopped_at_{};
    std::string again_;
    live::Figures figures_;
    live::ScreenBlock block_;
    std::thread thread_;
};

}  // namespace streamgauge::cli
