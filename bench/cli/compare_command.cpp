#include "bench/cli/compare_command.h"

#include "bench/cli/colour_option.h"
#include "bench/cli/exit_code.h"
#include "bench/cli/usage_error.h"
#include "report/comparison/comparison.h"
#include "report/export/comparison_json.h"
#include "report/export/observation_reader.h"
#include "report/export/run_comparison_text.h"

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace streamgauge::cli {

namespace {

struct CompareOptions {
    std::string base;
    std::vector<std::string> candidates, more_baselines;
    std::vector<std::string> gate{std::begin(report::usual_gate), std::end(report::usual_gate)};
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
    "  streamgauge compare runs/direct runs/nginx runs/haproxy\n"
    "\n"
    "Exit status: 0 nothing gated got worse, 1 something did, 2 a folder cannot be used,\n"
    "3 undecided, with --strict.";

/// The usual metrics, and those of the gate that are not among them.
std::vector<report::ComparedMetric> metrics_for(const std::vector<std::string>& gate) {
    auto metrics = report::usual_compared_metrics();
    for (const auto& name : gate) {
        const auto metric = report::parse_compared_metric(name);
        if (!metric) {
            throw UsageError(
                fmt::format("--gate: `{}` is no figure to compare; use errors, or a metric such "
                            "as ttft, tpot, e2e or max_gap with .p50, .p90, .p95 or .p99",
                            name));
        }
        if (std::ranges::find(metrics, metric->name, &report::ComparedMetric::name) == metrics.end())
            metrics.push_back(*metric);
    }
    return metrics;
}

/// Reads runs and collects what is to be said of them.
struct Runs {
    std::vector<report::RunObservations> observations;
    std::vector<std::string> notes;

    void add(const report::ReadRun& base, report::ReadRun run) {
        if (auto difference = report::scenario_difference(base, run); !difference.empty())
            notes.push_back(std::move(difference));
        notes.insert(notes.end(), run.notes.begin(), run.notes.end());
        observations.push_back(std::move(run.observations));
    }
};

int compare(const CompareOptions& options, Console& console) {
    const auto metrics = metrics_for(options.gate);
    const auto base = report::read_observations(options.base, metrics);
    Runs baselines, candidates;
    baselines.add(base, base);
    for (const auto& folder : options.more_baselines)
        baselines.add(base, report::read_observations(folder, metrics));
    for (const auto& folder : options.candidates)
        candidates.add(base, report::read_observations(folder, metrics));

    report::ComparisonOptions how;
    how.gate = options.gate;
    auto comparison = report::compare_runs(baselines.observations, candidates.observations, metrics, how);
    comparison.notes = baselines.notes;
    comparison.notes.insert(comparison.notes.end(), candidates.notes.begin(), candidates.notes.end());
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
    command->add_flag("--json", options->json, "Print the comparison as JSON");
    add_colour_option(*command, options->no_colour);
    command->footer(help);
    command->callback([&console, &action, options] {
        action = [&console, options] { return compare(*options, console); };
    });
}

}  // namespace streamgauge::cli
