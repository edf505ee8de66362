#pragma once

#include "report/summary/summary.h"

#include <filesystem>
#include <string>

namespace streamgauge::report {

/// At most so many of each level: GitHub shows no more from one step.
inline constexpr std::size_t most_annotations = 10;

/// GitHub workflow commands, one a line: an `::error` for each missed expectation and a `::warning` for each
/// that could not be measured, both at its line of the scenario; an `::error` at `baseline` when a gated
/// figure got worse; an `::error` without a place when the run as a whole is not measurable. Files are given
/// relative to `workspace`, the checkout, when they lie in it; it may be empty. Empty when there is nothing
/// to say.
std::string github_annotations(const Summary& summary, const std::filesystem::path& workspace);

}  // namespace streamgauge::report
