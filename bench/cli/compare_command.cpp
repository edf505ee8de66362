#include "bench/cli/compare_command.h"

#include "bench/cli/colour_option.h"
#include "bench/cli/exit_code.h"
#include "bench/cli/usage_error.h"
#include "report/export/comparison_json.h"
#include "report/export/html.h"
#include "report/export/run_comparer.h"
#include "report/export/run_comparison_text.h"
#include "report/export/run_folder.h"

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <ostream>
#include <utility>

namespace streamgauge::cli {

namespace {

struct CompareOptions {
    std::string base;
    std::vector<std::string> candidates, more_baselines;
    std::vector<std::string> gate = report::ComparisonOptions{}.gate;
    std::filesystem::path html;  ///< empty: no page
    bool strict = false, json = false, no_colour = false;
};

constexpr auto help =
    "Works on run folders alone, from their rows. Says for each target, phase and metric what\n"
    "changed, with a 95 % interval, and whether that is better, worse, the same or undecided. A\n"
    "change counts when it is significant and at least 5 % and 2ms, of errors half a point.\n"
    "Blocks of time are resampled, as neighbouring requests suffer alike; with three baseline\n"
    "runs or more it also allows for what differs from run to run.\n"
    "\n"
    "Examples:\n"
    "  streamgauge compare runs/monday runs/tuesday\n"
    "  streamgauge compare runs/monday runs/tuesday --gate ttft.p95,errors --strict\n"
    "  streamgauge compare runs/1 runs/new --baseline runs/2 --baseline runs/3\n"
    "  streamgauge compare runs/direct runs/nginx runs/haproxy --html proxies.html\n"
    "\n"
    "Exit status: 0 nothing gated got worse, 1 something did, 2 a folder cannot be used,\n"
    "3 undecided, with --strict.";

void require_figures(const std::vector<std::string>& gate) {
    for (const auto& name : gate) {
        if (report::parse_compared_metric(name)) continue;
        throw UsageError(
            fmt::format("--gate: `{}` is no figure to compare; use errors, or a metric such "
                        "as ttft, tpot, e2e or max_gap with .p50, .p90, .p95 or .p99",
                        name));
    }
}

report::RunComparison compare_folders(const CompareOptions& options) {
    report::ComparisonOptions how;
    how.gate = options.gate;
    report::RunComparer comparer(std::move(how));
    comparer.add_baseline(options.base, options.base);
    for (const auto& folder : options.more_baselines)
        comparer.add_baseline(folder, folder);
    for (const auto& folder : options.candidates)
        comparer.add_candidate(folder, folder);
    return comparer.compare();
}

int compare(const CompareOptions& options, Console& console) {
    require_figures(options.gate);
    const auto comparison = compare_folders(options);
    if (!options.html.empty()) report::write_output(options.html, report::html_comparison(comparison));
    if (options.json) {
        console.out << boost::json::serialize(report::comparison_to_json(comparison)) << "\n";
    } else {
        console.out << report::run_comparison_text(comparison, terminal_style(console, options.no_colour));
    }
    if (comparison.regressed()) return exit_code::failed;
    return options.strict && comparison.undecided() ? exit_code::not_measurable : exit_code::success;
}

}  // namespace

void add_compare_command(CLI::App& app, Console& console, std::function<int()>& action) {
    const auto options = std::make_shared<CompareOptions>();
    auto* command = app.add_subcommand("compare", "Say what changed between runs, and whether it is real");
    command->add_option("base", options->base, "The run folder to compare with")
        ->required()
        ->type_name("DIR")
        ->option_text("BASE");
    command->add_option("candidate", options->candidates, "The run folders to judge, one or more")
        ->required()
        ->type_name("DIR")
        ->option_text("CANDIDATE...");
    command
        ->add_option(
            "--baseline", options->more_baselines,
            "Another run of the base; may be repeated. Three in all or more show how much runs differ")
        ->option_text("DIR")
        ->expected(1)
        ->take_all();
    command->add_option("--gate", options->gate, "What may not get worse (default ttft.p95,tpot.p95,errors)")
        ->option_text("METRIC,...")
        ->delimiter(',');
    command->add_flag("--strict", options->strict, "Exit with 3 where a gated figure is undecided");
    command->add_option("--html", options->html, "Write the comparison as one page too")->option_text("FILE");
    command->add_flag("--json", options->json, "Print the comparison as JSON");
    add_colour_option(*command, options->no_colour);
    command->footer(help);
    command->callback([&console, &action, options] {
        action = [&console, options] { return compare(*options, console); };
    });
}

}  // namespace streamgauge::cli
