#pragma once

#include "bench/cli/console.h"
#include "bench/cli/progress_line.h"
#include "bench/cli/token_rate.h"
#include "bench/cli/ttft_watch.h"
#include "bench/load/engine.h"
#include "report/model/moment.h"
#include "scenarios/scenario.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

namespace streamgauge::cli {

/// Tells how a run goes while it lives, on a thread of its own: on a terminal one line drawn again five times
/// a second, elsewhere one plain line every five seconds.
class ProgressReporter {
  public:
    /// Everything given by reference outlives the reporter. `start` is when the first phase begins. A quiet
    /// reporter writes nothing at all.
    ProgressReporter(const scenarios::Scenario& scenario, report::Moment start, Console& console, bool quiet,
                     std::function<load::Progress()> progress, TtftWatch& ttft);
    ~ProgressReporter();
    ProgressReporter(const ProgressReporter&) = delete;
    ProgressReporter& operator=(const ProgressReporter&) = delete;

    /// Ends the progress, so that other things can be written. Once or often.
    void stop();

    /// Writes a line of its own, beside the progress or after it. Any thread.
    void say(std::string_view sentence);

  private:
    void report_until_stopped();
    ProgressFigures figures();
    void write(const ProgressFigures& figures);
    void erase_line();  ///< with the mutex held

    const scenarios::Scenario& scenario_;
    report::Moment start_;
    std::chrono::nanoseconds total_{0};
    Console& console_;
    bool quiet_;
    std::function<load::Progress()> progress_;
    TtftWatch& ttft_;
    TokenRate rate_;

    std::mutex mutex_;  ///< of the console and the two below
    std::condition_variable stopped_;
    bool stop_ = false;
    bool line_is_drawn_ = false;
    std::thread thread_;
};

}  // namespace streamgauge::cli
