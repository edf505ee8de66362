#pragma once

#include "bench/cli/console.h"

#include <string>
#include <vector>

namespace streamgauge::cli {

/// Runs the program. `arguments` do not hold the program's name. Returns its exit status (exit_code.h);
/// throws nothing.
int run_program(const std::vector<std::string>& arguments, Console& console);

}  // namespace streamgauge::cli
