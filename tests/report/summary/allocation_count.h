#pragma once

#include <cstdint>

namespace streamgauge::report::testing {

/// Bytes that operator new has given out in this program and not got back.
std::int64_t bytes_allocated();

}  // namespace streamgauge::report::testing
