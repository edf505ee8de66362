#include "bench/cli/program.h"

#include "bench/cli/calibrate_command.h"
#include "bench/cli/check_command.h"
#include "bench/cli/compare_command.h"
#include "bench/cli/completion_command.h"
#include "bench/cli/exit_code.h"
#include "bench/cli/probe_command.h"
#include "bench/cli/report_command.h"
#include "bench/cli/rig_error.h"
#include "bench/cli/run_command.h"
#include "bench/cli/schema_command.h"
#include "bench/cli/serve_command.h"
#include "bench/cli/usage_error.h"
#include "report/export/escape.h"
#include "report/export/run_folder.h"
#include "scenarios/suggestion.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <optional>
#include <ostream>

namespace streamgauge::cli {

namespace {

constexpr auto description =
    "streamgauge measures how token streams flow: time to first token, time between\n"
    "tokens, and whether something on the way holds the stream back.";

constexpr auto examples =
    "Examples:\n"
    "  streamgauge check chat.yaml                 is the scenario right?\n"
    "  streamgauge run chat.yaml                   run it and write a report\n"
    "  streamgauge run chat.yaml --set load.steady.for=10s\n"
    "  streamgauge probe http://127.0.0.1:8000/v1/chat/completions\n"
    "                                              does it stream, and if not, why\n"
    "  streamgauge report streamgauge-runs/chat-20250101T120000Z\n"
    "  streamgauge serve --port 8000               a simulated LLM server to try things on\n"
    "  streamgauge calibrate                       what this machine can measure honestly\n"
    "\n"
    "Exit status: 0 all expectations met, 1 one failed, a figure got worse than its baseline or\n"
    "abort_when ended the run, 2 wrong usage or scenario, 3 not measurable, 4 internal error,\n"
    "130 or 143 stopped by a signal.";

std::string usage_message(const CLI::App* app, const CLI::Error& error) {
    std::string command = "streamgauge";
    for (const auto* sub : app->get_subcommands())
        command += " " + sub->get_name();
    return fmt::format("streamgauge: {}. See `{} --help`.\n", error.what(), command);
}

/// True when all that asks for help or the version stands after `--`, where nothing is an option any more.
bool asks_after_the_options(const std::vector<std::string>& arguments) {
    const auto asks = [](const std::string& word) {
        return word == "-h" || word == "--help" || word == "--version";
    };
    return std::none_of(arguments.begin(), std::find(arguments.begin(), arguments.end(), "--"), asks);
}

/// Parses the command line. Returns the exit status when there is nothing left to do, else sets `action`.
std::optional<int> parse(CLI::App& app, const std::vector<std::string>& arguments, Console& console) {
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        const bool asked_for = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        // CLI11 gives what a command has no place for back to the program, which forgets about `--`.
        if (asked_for && asks_after_the_options(arguments)) {
            const CLI::ExtrasError extra({arguments.back()});
            console.err << usage_message(&app, extra);
            return exit_code::usage;
        }
        app.exit(error, console.out, console.err);
        return asked_for ? exit_code::success : exit_code::usage;
    }
}

/// Says so when the first argument names no command. CLI11 would only say that a command is missing.
bool knows_command(const CLI::App& app, const std::string& word, Console& console) {
    if (word.starts_with('-')) return true;
    std::vector<std::string> names;
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    if (std::find(names.begin(), names.end(), word) != names.end()) return true;
    const auto meant = scenarios::suggest(word, names);
    fmt::print(console.err, "streamgauge: there is no command `{}`{}. See `streamgauge --help`.\n",
               report::terminal_text(word, 80),
               meant.empty() ? "" : fmt::format(" (did you mean `{}`?)", meant));
    return false;
}

int run_action(const std::function<int()>& action, Console& console) {
    try {
        return action();
    } catch (const UsageError& error) {
        fmt::print(console.err, "streamgauge: {}\n", error.what());
        return exit_code::usage;
    } catch (const RigError& error) {
        fmt::print(console.err, "streamgauge: not measurable here: {}\n", error.what());
        return exit_code::not_measurable;
    } catch (const report::RunFolderError& error) {
        fmt::print(console.err, "streamgauge: {}\n", error.what());
        return exit_code::usage;
    } catch (const std::exception& error) {
        fmt::print(console.err, "streamgauge: internal error: {}\n", error.what());
        return exit_code::internal;
    }
}

/// Tells of output that never arrived, on a full disk for instance.
int flushed(int status, Console& console) {
    console.out.flush();
    if (console.out) return status;
    fmt::print(console.err, "streamgauge: cannot write to standard output\n");
    return status == exit_code::success ? exit_code::internal : status;
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, Console& console) {
    CLI::App app{description, "streamgauge"};
    app.footer(examples);
    app.set_version_flag("--version", "streamgauge " STREAMGAUGE_VERSION, "Print the version and exit");
    app.require_subcommand(1);
    app.failure_message(usage_message);

    std::function<int()> action;
    add_run_command(app, console, action);
    add_probe_command(app, console, action);
    add_report_command(app, console, action);
    add_compare_command(app, console, action);
    add_check_command(app, console, action);
    add_schema_command(app, console, action);
    add_serve_command(app, action);
    add_calibrate_command(app, console, action);
    add_completion_command(app, console, action);

    if (arguments.empty()) {
        console.err << app.help();
        return exit_code::usage;
    }
    if (!knows_command(app, arguments.front(), console)) return exit_code::usage;
    if (const auto status = parse(app, arguments, console)) return flushed(*status, console);
    return flushed(run_action(action, console), console);
}

}  // namespace streamgauge::cli
