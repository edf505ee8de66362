#include "bench/cli/calibrate_command.h"

#include "bench/calibrate/calibration_table.h"
#include "bench/cli/exit_code.h"
#include "bench/cli/usage_error.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace streamgauge::cli {

namespace {

constexpr auto help =
    "Starts the simulated server on half of the cores and drives it with the other half, at rising\n"
    "load, until this client's times can no longer be trusted: an error of 1 ms or more at p99 against\n"
    "the server's own stamps, tokens whose time is uncertain, or requests sent late.\n"
    "\n"
    "  TTFT error   measured TTFT less the server's, by kernel receive stamps\n"
    "  user stamp   the same error, had the clock been read after each socket read\n"
    "  token error  arrival of a token less the stamp taken before its write\n"
    "  client lag   from a packet's arrival to the read that took it\n"
    "\n"
    "Examples:\n"
    "  streamgauge calibrate\n"
    "  streamgauge calibrate --seconds 1 --max-rate 20000\n"
    "  streamgauge calibrate --json > calibration.json\n"
    "\n"
    "Exit status: 0 some load can be measured, 3 none can, 2 wrong usage, 4 internal error.";

struct CalibrateOptions {
    double seconds = 3;
    std::uint64_t most_streams = 5'000;
    double most_rate = 1e6;
    bool json = false;
};

int run(const CalibrateOptions& options, Console& console) {
    calibrate::CalibrationOptions calibration;
    calibration.program = "/proc/self/exe";
    calibration.window =
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>{options.seconds});
    calibration.most_streams = options.most_streams;
    calibration.most_tokens_per_second = options.most_rate;

    std::vector<calibrate::CalibrationRow> rows;
    auto& table = options.json ? console.err : console.out;
    table << calibrate::table_heading() << std::flush;
    try {
        calibrate::calibrate(calibration, [&](const calibrate::CalibrationRow& row) {
            table << calibrate::table_line(row) << std::flush;
            rows.push_back(row);
        });
    } catch (const std::runtime_error& error) {
        throw UsageError(error.what());
    }
    table << '\n' << calibrate::table_ending(rows);
    if (options.json) console.out << calibrate::calibration_json(rows);
    return calibrate::highest_honest(rows) != nullptr ? exit_code::success : exit_code::not_measurable;
}

}  // namespace

void add_calibrate_command(CLI::App& app, Console& console, std::function<int()>& action) {
    const auto options = std::make_shared<CalibrateOptions>();
    auto* command = app.add_subcommand("calibrate", "Find what this machine can measure honestly");
    command->add_option("--seconds", options->seconds, "Measured at each load (3)")
        ->option_text("N")
        ->check(CLI::Range(0.2, 600.0));
    command->add_option("--max-streams", options->most_streams, "Most streams open at once (5000)")
        ->option_text("N")
        ->check(CLI::Range(100, 14'000));
    command->add_option("--max-rate", options->most_rate, "Highest load to try, in tokens/s (1000000)")
        ->option_text("N")
        ->check(CLI::Range(1e3, 1e7));
    command->add_flag("--json", options->json, "Print JSON; the table goes to standard error");
    command->footer(help);
    command->callback(
        [&console, &action, options] { action = [&console, options] { return run(*options, console); }; });
}

}  // namespace streamgauge::cli
