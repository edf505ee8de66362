#include "bench/cli/progress_reporter.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <limits>
#include <ostream>
#include <utility>

namespace streamgauge::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto redraw_interval = 200ms;
constexpr auto line_interval = 5s;
constexpr auto ttft_turn = 5s;

std::string phase_name(const scenarios::Scenario& scenario, const load::Progress& progress) {
    if (progress.draining || progress.phase >= scenario.load.size()) return "draining";
    return scenario.load[progress.phase].name;
}

}  // namespace

ProgressReporter::ProgressReporter(const scenarios::Scenario& scenario, report::Moment start,
                                   Console& console, bool quiet, std::function<load::Progress()> progress,
                                   TtftWatch& ttft)
    : scenario_(scenario),
      start_(start),
      console_(console),
      quiet_(quiet),
      progress_(std::move(progress)),
      ttft_(ttft),
      rate_(console.err_is_terminal ? 1s : line_interval) {
    for (const auto& phase : scenario.load)
        total_ += phase.duration;
    if (!quiet) thread_ = std::thread([this] { report_until_stopped(); });
}

ProgressReporter::~ProgressReporter() {
    stop();
}

void ProgressReporter::stop() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
    const std::lock_guard lock(mutex_);
    erase_line();
}

void ProgressReporter::say(std::string_view sentence) {
    if (quiet_) return;
    const std::lock_guard lock(mutex_);
    erase_line();
    fmt::print(console_.err, "{}\n", sentence);
    console_.err.flush();
}

void ProgressReporter::report_until_stopped() {
    const std::chrono::nanoseconds interval = console_.err_is_terminal ? redraw_interval : line_interval;
    auto next_turn = start_ + ttft_turn;
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, interval, [this] { return stop_; })) {
        write(figures());
        if (std::chrono::steady_clock::now() >= next_turn) {
            ttft_.turn();
            next_turn += ttft_turn;
        }
    }
}

ProgressFigures ProgressReporter::figures() {
    const auto progress = progress_();
    const auto elapsed = std::chrono::steady_clock::now() - start_;
    return {elapsed,
            total_,
            phase_name(scenario_, progress),
            progress.streams_open,
            progress.requests_done,
            progress.errors,
            rate_.sample(elapsed, progress.token_events),
            ttft_.p95()};
}

void ProgressReporter::write(const ProgressFigures& figures) {
    if (console_.err_is_terminal) {
        // One column stays free: terminals wrap, or do not, when the last one is written.
        fmt::print(console_.err, "\r{}\x1b[K", format_progress(figures, console_.width() - 1));
        line_is_drawn_ = true;
    } else {
        fmt::print(console_.err, "{}\n", format_progress(figures, std::numeric_limits<unsigned>::max()));
    }
    console_.err.flush();
}

void ProgressReporter::erase_line() {
    if (!line_is_drawn_) return;
    console_.err << "\r\x1b[K";
    console_.err.flush();
    line_is_drawn_ = false;
}

}  // namespace streamgauge::cli
