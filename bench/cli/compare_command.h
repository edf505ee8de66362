#pragma once

#include "bench/cli/console.h"

#include <functional>

namespace CLI {
class App;
}

namespace streamgauge::cli {

/// Adds `streamgauge compare`. When the user chose it, sets `action` to what then has to be done.
void add_compare_command(CLI::App& app, Console& console, std::function<int()>& action);

}  // namespace streamgauge::cli
