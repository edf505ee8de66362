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

}  // namespace

Console process_console() {
    return {std::cout,
            std::cerr,
            ::isatty(STDOUT_FILENO) == 1,
            ::isatty(STDERR_FILENO) == 1,
            [] { return width_of(STDERR_FILENO); },
            process_environment};
}

bool wants_colour(const Console& console) {
    return console.out_is_terminal && console.environment("NO_COLOR").value_or("").empty();
}

}  // namespace streamgauge::cli
