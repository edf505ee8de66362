#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace streamgauge::floor {

/// One stamped token event, as the simulator writes it.
struct SentStamp {
    std::chrono::nanoseconds sent{0};
    std::string_view rest;  ///< what follows the stamp's digits
};

/// The next `"sent_ns":` in `bytes` with its number; empty when there is none, or when the digits run up to
/// the end and may go on in the next read.
std::optional<SentStamp> next_stamp(std::string_view bytes);

/// The `"received_ns":` that stands right at the start of `rest`, as the simulator writes it behind the
/// other.
std::chrono::nanoseconds received_stamp(std::string_view rest);

}  // namespace streamgauge::floor
