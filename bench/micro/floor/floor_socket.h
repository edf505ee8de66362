#pragma once

#include "report/model/moment.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace streamgauge::floor {

using report::Moment;
using std::chrono::nanoseconds;

/// What one recvmsg gave.
struct FloorRead {
    std::string_view bytes;
    bool closed = false;            ///< no more will come
    std::optional<Moment> arrival;  ///< the kernel's receive stamp on the monotonic clock
    Moment user{};                  ///< clock read right after the read
};

/// CLOCK_REALTIME - CLOCK_MONOTONIC, from the narrowest of nine mono/real/mono samples.
nanoseconds measure_clock_offset();

/// A blocking connect to 127.0.0.1 of a socket that stamps what it receives, then non-blocking. The `number`
/// of the connection spreads them over source addresses, since the kernel finds a free port slowly when half
/// of them are taken. Throws std::system_error.
int connect_stamped(std::uint16_t port, std::uint64_t number);

/// One recvmsg into `buffer`. `offset` is measure_clock_offset()'s.
FloorRead read_stamped(int descriptor, std::span<char> buffer, nanoseconds offset);

/// Sends a small request at once. Throws std::system_error when the kernel does not take all of it.
void send_whole(int descriptor, std::string_view bytes);

}  // namespace streamgauge::floor
