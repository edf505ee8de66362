#pragma once

#include "bench/live/snapshot.h"

#include <cstddef>
#include <string>
#include <vector>

namespace streamgauge::live {

struct ViewStyle {
    bool colour = false;
    bool unicode = false;  ///< false: plain ASCII marks
};

/// Targets up to this number have a line each.
inline constexpr std::size_t most_targets_with_lines = 6;

/// A run that goes on, as a person watches it: a few lines for a window of `width` x `height`, at least one
/// and fewer than `height`, each narrower than the window and than 132 columns. Where space is short the less
/// telling lines and figures are left out; in a very narrow or low window one line is left. Text of others is
/// shown without control characters.
std::vector<std::string> view(const Snapshot& snapshot, std::size_t width, std::size_t height,
                              const ViewStyle& style);

/// The same in one line of at most `width` columns, without colour: what is shown off a terminal.
std::string one_line_view(const Snapshot& snapshot, std::size_t width);

}  // namespace streamgauge::live
