#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace streamgauge::cli {

/// Adds `streamgauge serve`. When the user chose it, sets `action` to what then has to be done.
void add_serve_command(CLI::App& app, std::function<int()>& action);

}  // namespace streamgauge::cli
