#include "bench/cli/report_command.h"

#include "bench/cli/colour_option.h"
#include "bench/cli/exit_code.h"
#include "bench/cli/export_options.h"
#include "report/export/report_page.h"
#include "report/export/run_folder.h"
#include "report/export/run_reader.h"
#include "report/export/summary_json.h"
#include "report/export/terminal.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace streamgauge::cli {

namespace {

struct ReportOptions {
    std::filesystem::path run;
    std::filesystem::path html;  ///< empty: report.html of the run folder
    bool json = false;
    bool no_colour = false;
    ExportOptions exports;
};

constexpr auto help =
    "Works on a finished run and on one that was killed, from its folder alone: figures come from\n"
    "the rows, summary.json and report.html are written anew.\n"
    "\n"
    "Examples:\n"
    "  streamgauge report runs/today\n"
    "  streamgauge report runs/today --html today.html\n"
    "  streamgauge report runs/today --export all\n"
    "\n"
    "Exit status: 0 written, whatever the run's own verdict; 2 the folder cannot be used, or\n"
    "a file not be written.";

/// Writes each file on its own: one that cannot be written does not keep the others from it.
std::vector<std::string> write_outputs(const ReportOptions& options, const report::RunFolder& folder,
                                       const report::LoadedRun& run) {
    std::vector<std::string> troubles;
    const auto attempt = [&troubles](const auto& write) {
        try {
            write();
        } catch (const report::RunFolderError& error) {
            troubles.emplace_back(error.what());
        }
    };
    attempt([&] { report::write_file(folder.summary(), report::summary_text(run.summary)); });
    attempt([&] { report::write_report_page(folder, run.summary, options.html); });
    const auto more = write_exports(options.exports, folder, {run.summary, run.scenario});
    troubles.insert(troubles.end(), more.begin(), more.end());
    return troubles;
}

int write_report(const ReportOptions& options, Console& console) {
    require_writable(options.exports);
    const auto folder = report::RunFolder::open(options.run);
    const auto run = report::read_run(options.run);
    for (const auto& note : run.notes)
        fmt::print(console.err, "streamgauge: {}\n", note);
    const auto troubles = write_outputs(options, folder, run);
    if (options.json) {
        console.out << report::summary_text(run.summary);
    } else {
        console.out << report::terminal_summary(
            run.summary, terminal_style(console, options.no_colour),
            (options.html.empty() ? folder.report() : options.html).string());
    }
    print_annotations(options.exports, run.summary, console);
    for (const auto& trouble : troubles)
        fmt::print(console.err, "streamgauge: {}\n", trouble);
    return troubles.empty() ? exit_code::success : exit_code::usage;
}

}  // namespace

void add_report_command(CLI::App& app, Console& console, std::function<int()>& action) {
    const auto options = std::make_shared<ReportOptions>();
    auto* command = app.add_subcommand("report", "Write the report of a run again");
    command->add_option("run", options->run, "The run folder")->required()->option_text("DIR");
    command->add_option("--html", options->html, "Where to write the page (default: report.html of the run)")
        ->option_text("FILE");
    command->add_flag("--json", options->json, "Print the summary as JSON");
    add_colour_option(*command, options->no_colour);
    add_export_options(*command, options->exports);
    command->footer(help);
    command->callback([&console, &action, options] {
        action = [&console, options] { return write_report(*options, console); };
    });
}

}  // namespace streamgauge::cli
