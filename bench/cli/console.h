#pragma once

#include "bench/live/view.h"
#include "report/export/terminal.h"

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace streamgauge::cli {

/// What a program talks to. Data goes to `out`, everything else to `err`.
struct Console {
    std::ostream& out;
    std::ostream& err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    /// Columns of the terminal at this moment; asked again for each line, as windows change size.
    std::function<unsigned()> width;
    /// Looks an environment variable up; empty when it is not set.
    std::function<std::optional<std::string>(std::string_view)> environment;
    /// Lines of the terminal at this moment.
    std::function<unsigned()> height = [] { return 24u; };
    /// False while the terminal is another job's: what is drawn then would be drawn over its output.
    std::function<bool()> in_foreground = [] { return true; };
};

/// The console of this process: standard output, standard error and the environment.
Console process_console();

/// How a summary is to look on `console.out`. Colour: not off a terminal, not where NO_COLOR is set
/// (https://no-color.org), not when `no_colour` says so. Off a terminal it is UTF-8 and 100 columns wide; on
/// one it is no wider.
report::TerminalStyle terminal_style(const Console& console, bool no_colour);

/// How a run is to look on `console.err` while it goes on, by the same rules.
live::ViewStyle view_style(const Console& console, bool no_colour);

}  // namespace streamgauge::cli
