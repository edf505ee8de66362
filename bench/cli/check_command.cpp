#include "bench/cli/check_command.h"

#include "bench/cli/exit_code.h"
#include "bench/cli/run_options.h"
#include "bench/cli/scenario_input.h"
#include "bench/load/resource_check.h"
#include "scenarios/quantity.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <memory>
#include <ostream>
#include <string_view>

namespace streamgauge::cli {

namespace {

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// `2 targets, 3 phases over 65s, 4 expectations`
std::string describe(const scenarios::Scenario& scenario) {
    std::chrono::nanoseconds duration{0};
    for (const auto& phase : scenario.load)
        duration += phase.duration;
    return fmt::format("{}, {} over {}, {}", counted(scenario.targets.size(), "target"),
                       counted(scenario.load.size(), "phase"), scenarios::format_duration(duration),
                       counted(scenario.expect.size(), "expectation"));
}

int check(const ScenarioInput& input, Console& console) {
    auto scenario = load(input, console);
    if (!scenario) return exit_code::usage;
    load_baseline(*scenario, {});
    for (const auto& missing : load::all_missing(*scenario, default_workers()))
        fmt::print(console.err, "warning: on this machine: {}\n", missing);
    fmt::print(console.out, "scenario is valid: {}\n", describe(*scenario));
    return exit_code::success;
}

}  // namespace

void add_check_command(CLI::App& app, Console& console, std::function<int()>& action) {
    const auto input = std::make_shared<ScenarioInput>();
    auto* command = app.add_subcommand("check", "Check a scenario without running it");
    command->add_option("scenario", input->file, "The scenario, a YAML file")
        ->required()
        ->option_text("FILE");
    command->add_option("--set", input->overrides, "Change a value of the scenario; may be repeated")
        ->option_text("PATH=VALUE")
        ->expected(1)
        ->take_all();
    command->footer(
        "Tells all errors at once, each with its file, line and column. Opens no connection.\n"
        "\n"
        "Example:\n"
        "  streamgauge check chat.yaml");
    command->callback(
        [&console, &action, input] { action = [&console, input] { return check(*input, console); }; });
}

}  // namespace streamgauge::cli
