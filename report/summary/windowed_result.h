#pragma once

#include "report/summary/summary.h"
#include "scenarios/expectation.h"

#include <cstddef>

namespace streamgauge::report {

/// Judges an expectation with a window on `group`: it holds when it holds in every window that could be
/// measured. What is measured is the worst of them, and when: `1.24s in 20s-30s of steady, 2 of 6 windows
/// missed`. It has no interval: the worst of many is no sample of its own. `position` is that of the
/// expectation in the scenario.
ExpectationResult check_windows(std::size_t position, const scenarios::Expectation& expectation,
                                const GroupSummary& group, const Summary& summary);

}  // namespace streamgauge::report
