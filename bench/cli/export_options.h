#pragma once

#include "bench/cli/console.h"
#include "report/export/exported_run.h"
#include "report/export/run_folder.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace streamgauge::cli {

/// Which outputs for other programs a command is to write. The options follow from report::exporters().
struct ExportOptions {
    std::map<std::string_view, std::filesystem::path> files;  ///< exporter -> file; empty: not asked for
    std::vector<std::string> names;  ///< exporters that write into the run folder; `all` is every one
    bool annotations = false;
};

/// Adds `--junit FILE`, ..., `--export NAME,...` and `--annotations`. `options` outlives the command.
void add_export_options(CLI::App& command, ExportOptions& options);

/// Throws UsageError when a file cannot be written where it is asked for, so that no run is made for nothing.
void require_writable(const ExportOptions& options);

/// Writes what was asked for. What cannot be written does not keep the rest from it: one sentence each.
std::vector<std::string> write_exports(const ExportOptions& options, const report::RunFolder& folder,
                                       const report::ExportedRun& run);

/// Prints annotations for GitHub where they are asked for.
void print_annotations(const ExportOptions& options, const report::Summary& summary, Console& console);

/// What a run in GitHub Actions does unasked: it prints annotations (GITHUB_ACTIONS is `true`) and appends
/// the Markdown summary to the file in GITHUB_STEP_SUMMARY. Sentences on what could not be written.
std::vector<std::string> serve_github(const ExportOptions& options, const report::ExportedRun& run,
                                      Console& console);

}  // namespace streamgauge::cli
