#pragma once

#include <cstddef>
#include <string>

namespace streamgauge::wire {

/// An SSE event of `size` bytes, its blank line included.
inline std::string sample_event(std::size_t size, const std::string& line_end = "\n") {
    const std::string begin = "data: {\"text\":\"";
    const std::string end = "\"}" + line_end + line_end;
    const auto frame = begin.size() + end.size();
    return begin + std::string(size > frame ? size - frame : 1, 'x') + end;
}

}  // namespace streamgauge::wire
