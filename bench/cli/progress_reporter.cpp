#include "bench/cli/progress_reporter.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <ostream>
#include <utility>

namespace streamgauge::cli {

namespace {

using namespace std::chrono_literals;
using live::Stage;

constexpr auto redraw_interval = 200ms;
constexpr auto line_interval = 5s;
/// Off a terminal: often enough that what waits in between is not too much.
constexpr auto look_interval = 1s;
constexpr auto rate_span_of_view = 2s;

std::chrono::nanoseconds process_cpu_time() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

}  // namespace

ProgressReporter::ProgressReporter(ReportedRun run, Console& console, Options options)
    : run_(std::move(run)),
      console_(console),
      options_(options),
      style_(view_style(console, options.no_colour)),
      cpu_before_(process_cpu_time()),
      figures_(run_.scenario, run_.workers,
               console.err_is_terminal ? std::chrono::nanoseconds(rate_span_of_view) : line_interval) {
    if (!options.quiet) thread_ = std::thread([this] { report_until_stopped(); });
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
    write(block_.erase(console_.width()));
}

void ProgressReporter::say(std::string_view sentence) {
    if (options_.quiet) return;
    const std::lock_guard lock(mutex_);
    write(block_.erase(console_.width()) + std::string(sentence) + '\n');
}

void ProgressReporter::announce(std::string_view sentence) {
    if (!is_live()) say(sentence);
}

void ProgressReporter::stopping(std::string again) {
    const std::lock_guard lock(mutex_);
    if (stage_ == Stage::running) stopped_at_ = std::chrono::steady_clock::now();
    stage_ = Stage::stopping;
    again_ = std::move(again);
}

void ProgressReporter::ending() {
    const std::lock_guard lock(mutex_);
    stage_ = Stage::ending;
}

void ProgressReporter::suspend() {
    const std::lock_guard lock(mutex_);
    suspended_ = true;
    write(block_.erase(console_.width()));
}

void ProgressReporter::resume() {
    const std::lock_guard lock(mutex_);
    suspended_ = false;
    // Whoever had the terminal meanwhile may have written over what was there.
    block_.forget();
}

void ProgressReporter::leave() {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (lock.owns_lock()) write(block_.erase(console_.width()));
}

void ProgressReporter::report_until_stopped() {
    const std::chrono::nanoseconds interval = is_live() ? redraw_interval : look_interval;
    auto next_line = run_.start + line_interval;
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, interval, [this] { return stop_; })) {
        const auto snapshot = look();
        if (is_live()) {
            draw(snapshot);
        } else if (std::chrono::steady_clock::now() >= next_line) {
            write(live::one_line_view(snapshot, std::numeric_limits<std::size_t>::max()) + '\n');
            next_line += line_interval;
        }
    }
}

/// How the run stands, and what it was told to do meanwhile.
live::Snapshot ProgressReporter::look() {
    const auto now = std::chrono::steady_clock::now();
    figures_.add(now - run_.start, run_.watch.take(), run_.progress(), process_cpu_time() - cpu_before_);
    auto snapshot = figures_.snapshot();
    snapshot.trouble = run_.trouble();
    if (stage_ != Stage::running) snapshot.stage = stage_;
    std::chrono::nanoseconds total{0};
    for (const auto& phase : run_.scenario.load)
        total += phase.duration;
    auto drain_begins = run_.start + total;
    if (stage_ == Stage::stopping) drain_begins = std::min(drain_begins, stopped_at_);
    snapshot.drain_left = drain_begins + run_.scenario.drain - now;
    snapshot.again = again_;
    return snapshot;
}

void ProgressReporter::draw(const live::Snapshot& snapshot) {
    if (suspended_) return;
    if (!console_.in_foreground()) return block_.forget();
    const auto width = console_.width();
    write(block_.draw(live::view(snapshot, width, console_.height(), style_), width));
}

/// At once and in one go, so that no frame is seen half.
void ProgressReporter::write(const std::string& text) {
    if (text.empty()) return;
    console_.err << text;
    console_.err.flush();
}

}  // namespace streamgauge::cli
