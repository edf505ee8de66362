#pragma once

#include "report/export/terminal.h"
#include "report/summary/summary.h"

#include <string>

namespace streamgauge::report {

/// What the labels say, for the terminal: a table for each, over all measured phases, of the values with most
/// requests. Begins with an empty line; empty without labels.
std::string label_text(const Summary& summary, const TerminalStyle& style);

}  // namespace streamgauge::report
