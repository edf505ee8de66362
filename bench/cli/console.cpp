#include "bench/cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace streamgauge::cli {

namespace {

/// Columns and rows; 80 x 24 where the terminal does not say.
winsize size_of(int descriptor) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0) size = {};
    if (size.ws_col == 0) size.ws_col = 80;
    if (size.ws_row == 0) size.ws_row = 24;
    return size;
}

/// True too where there are no jobs.
bool is_in_foreground(int descriptor) {
    const auto group = ::tcgetpgrp(descriptor);
    return group < 0 || group == ::getpgrp();
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

bool wants_colour(const Console& console, bool no_colour) {
    return !no_colour && console.environment("NO_COLOR").value_or("").empty();
}

/// A terminal that can do more than print: lines can be drawn again.
bool is_terminal(int descriptor) {
    return ::isatty(descriptor) == 1 && process_environment("TERM").value_or("dumb") != "dumb";
}

}  // namespace

Console process_console() {
    return {std::cout,
            std::cerr,
            is_terminal(STDOUT_FILENO),
            is_terminal(STDERR_FILENO),
            []() -> unsigned { return size_of(STDERR_FILENO).ws_col; },
            process_environment,
            []() -> unsigned { return size_of(STDERR_FILENO).ws_row; },
            [] { return is_in_foreground(STDERR_FILENO); }};
}

report::TerminalStyle terminal_style(const Console& console, bool no_colour) {
    report::TerminalStyle style;
    if (!console.out_is_terminal) return style;
    style.colour = wants_colour(console, no_colour);
    style.unicode = is_utf8(console);
    // Wider lines are hard to read, and to paste into a ticket.
    style.width = std::min(static_cast<int>(console.width()), style.width);
    return style;
}

live::ViewStyle view_style(const Console& console, bool no_colour) {
    return {wants_colour(console, no_colour), is_utf8(console)};
}

}  // namespace streamgauge::cli
