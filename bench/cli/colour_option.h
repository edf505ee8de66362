#pragma once

namespace CLI {
class App;
}

namespace streamgauge::cli {

/// Adds `--no-color`, as most programs spell it; `--no-colour` works too, and stands in no list.
void add_colour_option(CLI::App& command, bool& no_colour);

}  // namespace streamgauge::cli
