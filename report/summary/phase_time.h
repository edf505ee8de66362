#pragma once

#include "scenarios/scenario.h"

#include <chrono>
#include <vector>

namespace streamgauge::report {

/// When a phase was on, from the start of the run.
struct PhaseTime {
    std::chrono::nanoseconds begin{0}, end{0};

    std::chrono::nanoseconds duration() const { return end - begin; }
    /// How much of [from, to] lies inside.
    std::chrono::nanoseconds overlap(std::chrono::nanoseconds from, std::chrono::nanoseconds to) const;
    /// The same phase of a run that ended at `run_end`.
    PhaseTime until(std::chrono::nanoseconds run_end) const;
};

/// The phases of a scenario, one after the other from 0.
std::vector<PhaseTime> phase_times(const scenarios::Scenario& scenario);

}  // namespace streamgauge::report
