#include "bench/cli/run_command.h"

#include "bench/cli/colour_option.h"
#include "bench/cli/exit_code.h"
#include "bench/cli/export_options.h"
#include "bench/cli/run_options.h"
#include "bench/cli/run_session.h"
#include "bench/cli/usage_error.h"
#include "report/export/report_page.h"
#include "report/export/scenario_json.h"
#include "report/export/summary_json.h"
#include "report/export/terminal.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <system_error>
#include <vector>

namespace streamgauge::cli {

namespace {

constexpr auto help =
    "Writes everything into a run folder and prints a summary. The first Ctrl-C lets the open\n"
    "streams end and still writes the report; the second stops at once.\n"
    "\n"
    "Environment: STREAMGAUGE_OUT and STREAMGAUGE_WORKERS stand in for --out and --workers. With\n"
    "GITHUB_ACTIONS=true annotations are printed, and where GITHUB_STEP_SUMMARY names a file the\n"
    "Markdown summary is appended to it.\n"
    "\n"
    "Examples:\n"
    "  streamgauge run chat.yaml\n"
    "  streamgauge run chat.yaml --out runs/today --set load.peak.rate=50/s\n"
    "  streamgauge run chat.yaml --json --quiet > summary.json\n"
    "  streamgauge run chat.yaml --baseline runs/last-good\n"
    "  streamgauge run chat.yaml --junit junit.xml --export markdown,openmetrics\n"
    "\n"
    "Exit status: 0 all expectations met, 1 one failed, a gated figure is worse than the baseline\n"
    "or abort_when ended the run, 2 wrong usage or scenario, 3 not measurable, 4 internal error,\n"
    "130 or 143 stopped by a signal.";

void print_summary(const FinishedRun& run, const RunOptions& options, Console& console) {
    if (options.json) {
        console.out << report::summary_text(run.summary);
    } else {
        std::error_code error;  // a full disk has no room for the page
        const bool has_page = !options.no_html && std::filesystem::exists(run.folder.report(), error);
        const auto place = has_page ? run.folder.report() : run.folder.path();
        console.out << report::terminal_summary(run.summary, terminal_style(console, options.no_colour),
                                                place.string());
    }
}

/// Writes all that was asked for, each on its own: a full disk must not take the rest along.
std::vector<std::string> write_outputs(const scenarios::Scenario& scenario, const FinishedRun& run,
                                       const RunOptions& options, Console& console) {
    // As the folder tells the scenario: without secrets, and the same that `report` would write.
    const auto kept = report::scenario_from_json(report::scenario_to_json(scenario));
    const report::ExportedRun exported{run.summary, kept};
    auto troubles = write_exports(options.exports, run.folder, exported);
    if (!options.no_html) {
        try {
            report::write_report_page(run.folder, run.summary);
        } catch (const report::RunFolderError& error) {
            troubles.emplace_back(error.what());
        }
    }
    const auto more = serve_github(options.exports, exported, console);
    troubles.insert(troubles.end(), more.begin(), more.end());
    return troubles;
}

/// A signal's status stands, see exit_code.h.
int status_of(const report::Summary& summary, bool all_written) {
    const int status = summary.verdict.exit_code;
    return all_written || status >= 128 ? status : exit_code::internal;
}

int run(RunOptions options, Console& console) {
    complete(options, console);
    require_writable(options.exports);
    auto scenario = load(options.input, console);
    if (!scenario) return exit_code::usage;
    const auto baseline = load_baseline(*scenario, options.baselines);
    const auto finished = run_session(*scenario, options, console, baseline ? &*baseline : nullptr);
    const auto troubles = write_outputs(*scenario, finished, options, console);
    print_summary(finished, options, console);
    for (const auto& trouble : troubles)
        fmt::print(console.err, "streamgauge: {}\n", trouble);
    return status_of(finished.summary, troubles.empty());
}

}  // namespace

void add_run_command(CLI::App& app, Console& console, std::function<int()>& action) {
    const auto options = std::make_shared<RunOptions>();
    auto* command = app.add_subcommand("run", "Run a scenario and write a report");
    command->add_option("scenario", options->input.file, "The scenario, a YAML file")
        ->required()
        ->option_text("FILE");
    command
        ->add_option("--out", options->out,
                     "The run folder; new or empty (default streamgauge-runs/NAME-TIME)")
        ->option_text("DIR");
    command->add_option("--set", options->input.overrides, "Change a value of the scenario; may be repeated")
        ->option_text("PATH=VALUE")
        ->expected(1)
        ->take_all();
    command
        ->add_option("--baseline", options->baselines,
                     "The folder of a run to compare with, instead of the scenario's; may be repeated")
        ->option_text("DIR")
        ->expected(1)
        ->take_all();
    command
        ->add_option("--workers", options->workers, "Threads that send (default: one a processor, at most 8)")
        ->option_text("N")
        ->check(CLI::Range(1u, most_workers));
    command->add_flag("--quiet", options->quiet, "No progress; only errors, and the summary");
    command->add_flag("--json", options->json, "Print the summary as JSON");
    add_colour_option(*command, options->no_colour);
    command->add_flag("--no-html", options->no_html, "Do not write report.html");
    add_export_options(*command, options->exports);
    command->footer(help);
    command->callback(
        [&console, &action, options] { action = [&console, options] { return run(*options, console); }; });
}

}  // namespace streamgauge::cli
