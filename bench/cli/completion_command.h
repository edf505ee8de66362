#pragma once

#include "bench/cli/console.h"

#include <functional>

namespace CLI {
class App;
}

namespace streamgauge::cli {

/// Adds `streamgauge completion` and `streamgauge man`, which print what is made from all commands of `app`.
void add_completion_command(CLI::App& app, Console& console, std::function<int()>& action);

}  // namespace streamgauge::cli
