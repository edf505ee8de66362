#pragma once

#include "bench/cli/abort_judge.h"
#include "bench/cli/abort_watch.h"
#include "report/model/moment.h"
#include "report/summary/summary.h"
#include "scenarios/scenario.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace streamgauge::cli {

/// Watches a run on a thread of its own for the conditions of `abort_when`, once a second. Without any it
/// does nothing.
class AbortGuard {
  public:
    AbortGuard(const scenarios::Scenario& scenario, unsigned workers);
    ~AbortGuard();
    AbortGuard(const AbortGuard&) = delete;
    AbortGuard& operator=(const AbortGuard&) = delete;

    /// What stands before `recorder` for one worker: a sink that counts and hands on, or `recorder` itself.
    report::TimelineSink& in_front_of(unsigned worker, report::TimelineSink& recorder);

    /// Begins to watch at `start`, the run's. The first condition that strikes while `running` gives true is
    /// handed to `strike`, on the guard's thread, and ends the watch. Call once.
    void start(report::Moment start, std::function<bool()> running,
               std::function<void(const report::RunInfo::Abort&)> strike);

    /// Ends the watch and tells what struck. Once or often.
    std::optional<report::RunInfo::Abort> stop();

  private:
    void watch(report::Moment start, const std::function<bool()>& running,
               const std::function<void(const report::RunInfo::Abort&)>& strike);

    bool has_conditions_;
    AbortWatch watch_;
    AbortJudge judge_;

    std::mutex mutex_;  ///< of the three below
    std::condition_variable stopped_;
    bool stop_ = false;
    std::optional<report::RunInfo::Abort> struck_;
    std::thread thread_;
};

}  // namespace streamgauge::cli
