#pragma once

#include "bench/cli/console.h"

#include <functional>

namespace CLI {
class App;
}

namespace streamgauge::cli {

/// `streamgauge probe URL`: does one endpoint stream, and if not, what holds it back.
void add_probe_command(CLI::App& app, Console& console, std::function<int()>& action);

}  // namespace streamgauge::cli
