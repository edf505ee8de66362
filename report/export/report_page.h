#pragma once

#include "report/export/run_folder.h"
#include "report/summary/summary.h"

#include <filesystem>

namespace streamgauge::report {

/// Writes the page of a run, its raster made from the folder's timelines, to `file` or to the folder's
/// report.html. Throws RunFolderError.
void write_report_page(const RunFolder& folder, const Summary& summary,
                       const std::filesystem::path& file = {});

}  // namespace streamgauge::report
