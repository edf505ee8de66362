#pragma once

#include <cstdint>

namespace streamgauge::wire {

/// How often this thread has called operator new so far.
std::uint64_t allocations();

}  // namespace streamgauge::wire
