#pragma once

#include "report/export/exported_run.h"

#include <string>

namespace streamgauge::report {

/// The figures as CSV (RFC 4180, UTF-8, header first): a row for each target in each measured phase,
/// durations in milliseconds to the microsecond, shares from 0 to 1. A cell is empty when there is no figure:
/// not measured, too few samples, or among requests that were cut (`_censored` counts those). Columns that
/// begin with `pair` say what the target adds to the base of `compare`, with 95 % bounds.
std::string csv_table(const ExportedRun& run);

}  // namespace streamgauge::report
