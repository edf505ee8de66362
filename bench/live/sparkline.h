#pragma once

#include "bench/live/snapshot.h"

#include <cstddef>
#include <string>

namespace streamgauge::live {

/// The last `columns` values of a series as one character each, the latest at the right end, with blanks in
/// front where there are fewer. Heights begin at 0. A steady series draws half as high as the line, so that
/// a rise shows as well as a fall; the largest value fills the line. Zero is a dot, no value a blank.
std::string sparkline(const Series& series, std::size_t columns, bool unicode);

}  // namespace streamgauge::live
