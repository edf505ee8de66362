#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace streamgauge::probe {

/// One character that stands as tall as `eighths` (at most 8) of a line; a dot for 0. A block character, or
/// ASCII, in which neighbouring heights may look alike, where `unicode` is false.
std::string_view height_mark(std::size_t eighths, bool unicode);

/// The rhythm of a stream as one line of `columns` characters that stand for equal parts of the time from 0
/// to `end`. The height of a character is the number of tokens that arrived in its part, against what an even
/// stream would have brought (or one token, if that is more): an even stream is a low line, a held one a few
/// towers with silence, dots, between. `arrivals` in order, from `sent`. Block characters, or ASCII where
/// `unicode` is false.
std::string rhythm_strip(std::span<const std::chrono::nanoseconds> arrivals, std::chrono::nanoseconds end,
                         std::size_t columns, bool unicode);

}  // namespace streamgauge::probe
