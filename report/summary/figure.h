#pragma once

#include "report/summary/summary.h"
#include "scenarios/expectation.h"

#include <cstddef>
#include <optional>
#include <string>

namespace streamgauge::report {

/// What a condition is checked against, taken from one group.
struct Figure {
    enum class Kind {
        measured,  ///< `value`, in the condition's unit
        above,     ///< more than `value`: the figure falls among requests that were cut
        word,      ///< `text` is a name, such as a kind of buffering
        missing,   ///< not measured, for `reason`
    };
    Kind kind = Kind::missing;
    double value = 0;
    std::optional<double> low, high;  ///< 95 % interval
    std::string text;                 ///< as a person reads it
    std::string reason;

    static Figure missing(std::string why);
};

/// The figure of `group` that `condition` speaks of. `goodput` is the position of the condition among the
/// scenario's goodput expectations; it matters for those only. Percentiles of too few samples are missing.
Figure figure_of(const GroupSummary& group, const scenarios::Condition& condition, std::size_t goodput = 0);

/// A limit or a figure as a person reads it, in the unit of the condition: `812ms`, `0.4%`, `50.1/s`.
std::string format_value(double value, scenarios::Unit unit);

/// `block of 4096 bytes`, `timer of 100ms`, `none`.
std::string describe(const BufferingVerdict& verdict);

}  // namespace streamgauge::report
