#include "bench/live/progress_line.h"

#include "report/export/escape.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace streamgauge::live {

namespace {

struct Part {
    std::string text;
    int importance = 0;  ///< the lowest goes first
};

std::string join(const std::vector<Part>& parts) {
    std::string line;
    for (const auto& part : parts) {
        if (!line.empty()) line += "  ";
        line += part.text;
    }
    return line;
}

std::vector<Part> parts_of(const ProgressFigures& figures) {
    std::vector<Part> parts{
        {format_clock(figures.elapsed) + "/" + format_clock(figures.total), 6},
        {report::terminal_text(figures.phase), 3},
        {with_thousands(figures.streams_open) + " open", 5},
        {with_thousands(figures.requests_done) + " done", 4},
        {with_thousands(figures.errors) + (figures.errors == 1 ? " error" : " errors"), 5}};
    if (figures.ttft_p95) parts.push_back({"ttft p95 " + scenarios::format_duration(*figures.ttft_p95), 2});
    const auto tokens = static_cast<std::uint64_t>(std::llround(figures.tokens_per_second));
    parts.push_back({with_thousands(tokens) + " tokens/s", 1});
    return parts;
}

}  // namespace

std::string format_progress(const ProgressFigures& figures, unsigned width) {
    auto parts = parts_of(figures);
    while (parts.size() > 1 && report::display_width(join(parts)) > width) {
        parts.erase(std::min_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
            return a.importance < b.importance;
        }));
    }
    auto line = join(parts);
    if (report::display_width(line) > width) line.resize(width);
    return line;
}

std::string with_thousands(std::uint64_t value) {
    auto digits = std::to_string(value);
    for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3) {
        digits.insert(static_cast<std::size_t>(place), ",");
    }
    return digits;
}

std::string format_clock(std::chrono::nanoseconds value) {
    const auto seconds = std::max<std::int64_t>(0, value / std::chrono::seconds(1));
    if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
    return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace streamgauge::live
