#pragma once

#include "bench/cli/console.h"

#include <functional>

namespace CLI {
class App;
}

namespace streamgauge::cli {

/// `streamgauge calibrate`: what this client can measure honestly on this machine.
void add_calibrate_command(CLI::App& app, Console& console, std::function<int()>& action);

}  // namespace streamgauge::cli
