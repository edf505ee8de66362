#include "bench/cli/abort_guard.h"

#include <utility>

namespace streamgauge::cli {

namespace {

using namespace std::chrono_literals;

std::vector<std::string> target_names(const scenarios::Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& target : scenario.targets)
        names.push_back(target.name);
    return names;
}

}  // namespace

AbortGuard::AbortGuard(const scenarios::Scenario& scenario, unsigned workers)
    : has_conditions_(!scenario.abort_when.empty()),
      watch_(workers, scenario.targets.size()),
      judge_(scenario.abort_when, target_names(scenario)) {}

AbortGuard::~AbortGuard() {
    stop();
}

report::TimelineSink& AbortGuard::in_front_of(unsigned worker, report::TimelineSink& recorder) {
    return has_conditions_ ? watch_.in_front_of(worker, recorder) : recorder;
}

void AbortGuard::start(report::Moment start, std::function<bool()> running,
                       std::function<void(const report::RunInfo::Abort&)> strike) {
    if (!has_conditions_) return;
    thread_ = std::thread([this, start, running = std::move(running), strike = std::move(strike)] {
        watch(start, running, strike);
    });
}

std::optional<report::RunInfo::Abort> AbortGuard::stop() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
    return struck_;
}

void AbortGuard::watch(report::Moment start, const std::function<bool()>& running,
                       const std::function<void(const report::RunInfo::Abort&)>& strike) {
    auto next = start + 1s;
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_until(lock, next, [this] { return stop_; })) {
        // Whole seconds: a turn that comes a little late is a turn of its second all the same.
        const auto now = std::chrono::floor<std::chrono::seconds>(report::Moment::clock::now() - start);
        next = start + now + 1s;
        if (!running()) return;
        struck_ = judge_.judge(now, watch_.take());
        if (!struck_) continue;
        lock.unlock();
        strike(*struck_);
        return;
    }
}

}  // namespace streamgauge::cli
