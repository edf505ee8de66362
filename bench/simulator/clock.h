#pragma once

#include <time.h>

#include <chrono>
#include <cstdint>

namespace streamgauge::simulator {

/// All of the server's moments: CLOCK_MONOTONIC, which is what std::chrono::steady_clock reads on Linux.
using Instant = std::chrono::steady_clock::time_point;

constexpr Instant never = Instant::max();

/// CLOCK_MONOTONIC nanoseconds, as the stamps carry them.
inline std::int64_t monotonic_ns(Instant instant) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(instant.time_since_epoch()).count();
}

/// Maps the kernel's receive stamps (CLOCK_REALTIME) to CLOCK_MONOTONIC. The offset is the narrowest of nine
/// monotonic/realtime/monotonic samples and is taken anew when it is older than 100 ms.
class RealtimeMapping {
  public:
    /// The monotonic moment of `realtime`, which was read no later than `now`. A stamp later than `now` or
    /// more than a second before it is not believed (a clock step) and `now` is given instead.
    Instant to_monotonic(const timespec& realtime, Instant now);

  private:
    void sample(Instant now);

    Instant sampled_{};
    std::chrono::nanoseconds offset_{0};  ///< realtime - monotonic
    bool known_ = false;
};

}  // namespace streamgauge::simulator
