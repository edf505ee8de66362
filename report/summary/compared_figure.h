#pragma once

#include "report/summary/figure.h"
#include "report/summary/summary.h"
#include "scenarios/expectation.h"

/// Figures of one target that take another to be measured.
namespace streamgauge::report {

/// `delta(...)`: the figure of `group` less that of the other target in the same phase. The targets need not
/// be compared in pairs. The interval is that of a difference of independent figures, from the distance of
/// each to the ends of its own (MOVER; Zou and Donner 2008); where requests come in pairs it is too wide
/// rather than too narrow.
Figure delta_figure(const scenarios::Expectation& expectation, const GroupSummary& group,
                    const Summary& summary);

/// `hold`: from server stamps, else from pairs, which give `hold.p95` and `hold.mean`.
Figure hold_figure(const scenarios::Expectation& expectation, const GroupSummary& group,
                   const Summary& summary);

/// True for the base of a comparison whose answers carry no stamps: nothing says what it holds.
bool is_mere_base(const GroupSummary& group, const Summary& summary);

}  // namespace streamgauge::report
