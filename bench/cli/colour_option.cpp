#include "bench/cli/colour_option.h"

#include <CLI/CLI.hpp>

namespace streamgauge::cli {

void add_colour_option(CLI::App& command, bool& no_colour) {
    const auto leave_it = [&no_colour](std::int64_t) { no_colour = true; };
    command.add_flag_function("--no-color", leave_it, "No colour (so does NO_COLOR)");
    command.add_flag_function("--no-colour", leave_it)->group("");
}

}  // namespace streamgauge::cli
