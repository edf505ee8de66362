#pragma once

#include "report/export/report_data.h"
#include "report/summary/summary.h"

#include <boost/json/object.hpp>

namespace streamgauge::report {

/// The run as the page's script reads it (report/web/src/run.ts): summary.json's shape less what is not
/// drawn, with what grows made smaller the more of it there is.
///
/// - Curves and histograms only of the metrics that are drawn, as flat lists: (1000 * -log10(1 - quantile),
///   ns, ...) and (bar, count, ...).
/// - Windows as one list a column for each target; where there are too many, neighbours become one, with the
///   worst of their percentiles.
/// - Arrivals as steps in units of the raster's resolution; counts only where one differs from 1.
boost::json::object page_json(const Summary& summary, const ReportData& extras);

// Of the whole page, shared by what there is.
inline constexpr std::size_t max_page_curve_points = 9'000;
inline constexpr std::size_t max_page_bars = 9'000;
inline constexpr std::size_t max_page_windows = 2'400;

}  // namespace streamgauge::report
