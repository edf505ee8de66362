#pragma once

#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"
#include "report/summary/window_tally.h"
#include "scenarios/scenario.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace streamgauge::report {

/// The windows of all expectations of a scenario that have any. Of others nothing is kept.
class WindowedExpectations {
  public:
    explicit WindowedExpectations(const scenarios::Scenario& scenario);

    void add(const RequestMetrics& request);
    void merge(const WindowedExpectations& other);  ///< of the same scenario

    /// Fills `into.windowed`, of a run that ended at `run_end`.
    void summarize(Summary& into, std::chrono::nanoseconds run_end) const;

  private:
    struct Place {
        std::size_t expectation;
        std::uint32_t target;
        std::string target_name, phase_name;
        WindowTally tally;
    };
    std::vector<Place> places_;
};

}  // namespace streamgauge::report
