#pragma once

#include "report/summary/censored_histogram.h"
#include "report/summary/goodput.h"
#include "report/summary/group_counts.h"
#include "report/summary/metric.h"
#include "report/summary/phase_time.h"
#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"
#include "report/summary/throughput.h"
#include "scenarios/expectation.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace streamgauge::report {

/// What an expectation with a window speaks of, window by window, for one target in one phase. Requests count
/// in the window of their intended moment, from the start of the phase; what is measured as it flows
/// (`throughput.tokens`, `throughput.events`) in that in which it flowed. Durations are kept to 1 %. Requests
/// may come in any order; a record is a few hundred bytes, and there is one for each window at most.
class WindowTally {
  public:
    /// `expectation` has a window. `phase` is the number of the phase, which was on at `time`.
    WindowTally(const scenarios::Expectation& expectation, std::uint32_t phase, PhaseTime time);

    /// A request of the target, of whatever phase.
    void add(const RequestMetrics& request);
    void merge(const WindowTally& other);

    /// Judges each window of a run that ended at `run_end`; fills all of `into` but its names. A last window
    /// that is shorter than half the length is left out.
    void summarize(std::chrono::nanoseconds run_end, WindowedSummary& into) const;

  private:
    struct Window {
        std::uint64_t due = 0;
        std::uint64_t count = 0;  ///< of what is counted: errors, good requests, completed ones, ...
        ExactMean mean;
        Throughput flow;
        CensoredHistogram values{0.01};

        void merge(const Window& other);
    };

    bool counts(const RequestMetrics& request) const;
    Sample sample(const RequestMetrics& request) const;
    void add_flow(const RequestMetrics& request);
    std::size_t index(std::chrono::nanoseconds moment) const;
    Window& window(std::size_t index);
    PhaseTime time_of(std::size_t index) const;
    GroupSummary group(std::size_t index, const PhaseTime& time) const;

    scenarios::Condition condition_;
    GoodputLimits goodput_limits_;
    std::chrono::nanoseconds length_;
    std::uint32_t phase_;
    PhaseTime time_;
    std::optional<Metric> metric_;    ///< where the expectation is on durations
    std::optional<Outcome> outcome_;  ///< where it counts one
    std::vector<Window> windows_;     ///< as far as requests came
};

}  // namespace streamgauge::report
