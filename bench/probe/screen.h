#pragma once

#include "bench/probe/report.h"
#include "report/export/terminal.h"

#include <string>

namespace streamgauge::probe {

/// A probe as the person on call reads it: the answer first, then its figures, the rhythm of the tokens, what
/// mends it, what was tried, and what was sent. No line is wider than `style.width`, nor than 100 columns.
/// Text of servers is shown without control characters.
std::string screen(const Report& report, const report::TerminalStyle& style);

}  // namespace streamgauge::probe
