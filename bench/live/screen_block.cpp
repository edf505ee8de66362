#include "bench/live/screen_block.h"

#include <algorithm>

namespace streamgauge::live {

namespace {

constexpr std::string_view hide_cursor = "\x1b[?25l", show_cursor = "\x1b[?25h";
constexpr std::string_view do_not_wrap = "\x1b[?7l", wrap = "\x1b[?7h";
constexpr std::string_view clear_to_end_of_line = "\x1b[K", clear_to_end_of_screen = "\x1b[J";

/// Rows that a line takes in a window of this width that wraps it.
std::size_t rows_of(std::size_t columns, std::size_t width) {
    return width == 0 ? 1 : std::max<std::size_t>(1, (columns + width - 1) / width);
}

}  // namespace

/// From the start of the last line, or wherever on it something was echoed.
std::string ScreenBlock::to_the_top(std::size_t width) const {
    if (widths_.empty()) return "\r";
    std::size_t rows = 0;
    for (std::size_t i = 0; i + 1 < widths_.size(); ++i)
        rows += rows_of(widths_[i], width);
    return rows == 0 ? "\r" : "\r\x1b[" + std::to_string(rows) + "A";
}

std::string ScreenBlock::draw(const std::vector<std::string>& lines, std::size_t width) {
    if (lines.empty()) return erase(width);
    std::string written(hide_cursor);
    written += do_not_wrap;
    written += to_the_top(width);
    widths_.clear();
    for (const auto& line : lines) {
        if (!widths_.empty()) written += "\r\n";
        written += line;
        written += clear_to_end_of_line;
        widths_.push_back(visible_width(line));
    }
    written += clear_to_end_of_screen;
    written += '\r';
    written += wrap;
    written += show_cursor;
    return written;
}

std::string ScreenBlock::erase(std::size_t width) {
    if (widths_.empty()) return {};
    auto written = to_the_top(width);
    written += clear_to_end_of_screen;
    widths_.clear();
    return written;
}

std::size_t visible_width(std::string_view line) {
    std::size_t width = 0;
    while (!line.empty()) {
        if (line.starts_with("\x1b[")) {
            line.remove_prefix(std::min(line.find('m'), line.size() - 1) + 1);
            continue;
        }
        if ((static_cast<unsigned char>(line.front()) & 0xc0) != 0x80) ++width;
        line.remove_prefix(1);
    }
    return width;
}

}  // namespace streamgauge::live
