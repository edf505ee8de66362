#pragma once

#include <chrono>
#include <cstdint>

namespace streamgauge::report {

/// A number of things spread evenly over a stretch of time, as the tokens of a stream of which only the first
/// and the last moment are kept. Whole numbers: what neighbouring stretches get adds up.
struct Spread {
    std::chrono::nanoseconds from{0}, to{0};  ///< from the start of the run
    std::uint64_t count = 0;

    /// How many of them lie before `time`.
    std::uint64_t before(std::chrono::nanoseconds time) const {
        if (time > to) return count;
        if (time <= from) return 0;
        __extension__ using Wide = unsigned __int128;
        const auto passed = static_cast<Wide>((time - from).count());
        return static_cast<std::uint64_t>(passed * count / static_cast<Wide>((to - from).count()));
    }
    std::uint64_t between(std::chrono::nanoseconds begin, std::chrono::nanoseconds end) const {
        return before(end) - before(begin);
    }
};

}  // namespace streamgauge::report
