#pragma once

#include "report/export/exported_run.h"

#include <cstddef>
#include <string>

namespace streamgauge::report {

/// The run as a page of GitHub's Markdown: verdict, expectations with their margins, a table for each phase,
/// what failed, what is held back and the remedy, whether the client could keep up.
std::string markdown_summary(const ExportedRun& run);

/// `markdown` cut between lines to at most `most` bytes, with a line at its end that says so. Empty when not
/// even that fits.
std::string bounded_markdown(const std::string& markdown, std::size_t most);

}  // namespace streamgauge::report
