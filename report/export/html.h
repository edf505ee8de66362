#pragma once

#include "report/export/report_data.h"
#include "report/summary/summary.h"

#include <string>

namespace streamgauge::report {

/// The report as one HTML file that needs nothing else: page, script, styles and the run's data, under a
/// content security policy that lets nothing but its own script run and nothing be loaded.
///
/// Text of the run is JSON inside a script element in which `<`, `>`, `&`, U+2028 and U+2029 are escaped, so
/// that no server's text can end it; the page shows it through text nodes only.
std::string html_report(const Summary& summary, const ReportData& extras);

/// The same page about runs that were compared: a table of what changed.
std::string html_comparison(const RunComparison& comparison);

}  // namespace streamgauge::report
