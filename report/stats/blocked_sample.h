#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace streamgauge::report {

/// What one request measured, in any unit, and when it was due, from the start of its run.
struct Observation {
    std::chrono::nanoseconds start{0};
    double value = 0;
};

/// The value of a request that was cut before its moment came: it ranks above all that were measured.
inline constexpr double censored_value = std::numeric_limits<double>::infinity();

/// The values of one run, each with the block of time it belongs to. What one request suffers its neighbours
/// suffer too, so blocks are what may be taken for independent of each other.
struct BlockedSample {
    struct Value {
        double value;
        std::uint32_t block;
    };
    std::vector<Value> values;  ///< ascending
    std::size_t blocks = 0;     ///< filled ones, numbered from 0

    std::size_t size() const { return values.size(); }
};

/// Length of the blocks of a run: a twelfth of it, but at least twice the median E2E, so that most requests
/// lie within one block or two neighbouring ones. Few long blocks are safer than many short ones, which are
/// themselves alike where what slows requests down lasts.
std::chrono::nanoseconds block_length(std::chrono::nanoseconds duration, std::chrono::nanoseconds median_e2e);

/// Blocks of `length` > 0, the first of which begins with the first observation. Empty blocks do not count;
/// NaN is left out.
BlockedSample into_blocks(std::span<const Observation> observations, std::chrono::nanoseconds length);

}  // namespace streamgauge::report
