#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::simulator {

/// Bytes for the socket, and where one write ends and the next begins. Used over and over, so that no event
/// allocates.
struct WriteBatch {
    std::string bytes;
    std::vector<std::size_t> ends;  ///< of each write, ascending; bytes past the last end are not yet a write

    bool empty() const { return bytes.empty(); }
    void clear() {
        bytes.clear();
        ends.clear();
    }
    /// Makes what was appended since the last end one write of its own.
    void end_write() {
        if (bytes.size() > (ends.empty() ? 0 : ends.back())) ends.push_back(bytes.size());
    }
    /// Makes everything one write.
    void join() {
        ends.clear();
        end_write();
    }
};

}  // namespace streamgauge::simulator
