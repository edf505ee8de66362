#include "bench/cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace streamgauge::cli {

namespace {

unsigned width_of(int descriptor) {
    constexpr unsigned usual_width = 80;
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual_width;
    return size.ws_col;
}

std::optional<std::string> process_environment(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return value;
}

/// Does the locale say UTF-8? The first variable that is set decides (POSIX).
bool is_utf8(const Console& console) {
    for (const auto* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const auto value = console.environment(name).value_or("");
        if (value.empty()) continue;
        return value.find("UTF-8") != std::string::npos || value.find("utf8") != std::string::npos;
    }
    return false;
}

/// A terminal that can do more than print: one line can be drawn again.
bool is_terminal(int descriptor) {
    return ::isatty(descriptor) == 1 && process_environment("TERM").value_or("dumb") != "dumb";
}

}  // namespace

Console process_console() {
    return {std::cout,
            std::cerr,
            is_terminal(STDOUT_FILENO),
            is_terminal(STDERR_FILENO),
            [] { return width_of(STDERR_FILENO); },
            process_environment};
}

report::TerminalStyle terminal_style(const Console& console, bool no_colour) {
    report::TerminalStyle style;
    if (!console.out_is_terminal) return style;
    style.colour = !no_colour && console.environment("NO_COLOR").value_or("").empty();
    style.unicode = is_utf8(console);
    style.width = static_cast<int>(console.width());
    return style;
}

}  // namespace streamgauge::cli
