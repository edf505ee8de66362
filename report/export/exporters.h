#pragma once

#include "report/export/exported_run.h"

#include <span>
#include <string>
#include <string_view>

namespace streamgauge::report {

/// One way to write a run as text for another program. An exporter is a file with one function, and its line
/// in exporters.cpp; the command line, its help and `--export` follow from the list.
struct Exporter {
    std::string_view name;         ///< of the option (`--junit`) and in `--export`
    std::string_view file_name;    ///< in the run folder, when no other is given
    std::string_view description;  ///< for the help, one clause
    std::string (*write)(const ExportedRun& run);
};

/// All exporters, in the order in which they are shown.
std::span<const Exporter> exporters();

/// The exporter of that name; nullptr when there is none.
const Exporter* find_exporter(std::string_view name);

}  // namespace streamgauge::report
