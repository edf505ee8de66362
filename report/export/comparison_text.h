#pragma once

#include "report/export/terminal.h"
#include "report/summary/summary.h"

#include <string>

namespace streamgauge::report {

/// What a comparison says, for the terminal: a table of the targets over all measured phases, then the
/// verdicts and what weakens them in sentences. Begins with an empty line; empty without a comparison.
std::string comparison_text(const Summary& summary, const TerminalStyle& style);

}  // namespace streamgauge::report
