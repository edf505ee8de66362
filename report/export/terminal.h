#pragma once

#include "report/summary/summary.h"

#include <string>
#include <string_view>

namespace streamgauge::report {

struct TerminalStyle {
    bool colour = false;
    bool unicode = true;  ///< false: plain ASCII marks and lines
    int width = 100;      ///< columns; lines are cut to it
};

/// The summary as a person reads it at the end of a run: the verdict first, then whether the client could
/// keep up, a table for each phase, the expectations, what went wrong, what was run when, and where to look
/// on: `place` is the last line unless it is empty. Text of servers is shown without control characters.
std::string terminal_summary(const Summary& summary, const TerminalStyle& style, std::string_view place = {});

}  // namespace streamgauge::report
