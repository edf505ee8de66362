#pragma once

#include "bench/micro/end_to_end/host.h"
#include "report/model/moment.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>

namespace streamgauge::micro {

/// What a client did between two moments, seen from a thread beside it.
struct Window {
    std::uint64_t tokens = 0;
    std::chrono::nanoseconds cpu{0};
    std::chrono::nanoseconds wall{0};
    Memory memory;  ///< at the end
};

/// Sleeps to the beginning of the window and to its end and looks at this process then.
class WindowSampler {
  public:
    /// `tokens` counts the token events so far; it is called from the sampler's thread.
    WindowSampler(report::Moment begin, report::Moment end, std::function<std::uint64_t()> tokens);

    /// Waits for the end of the window.
    Window take();

  private:
    Window window_;
    std::jthread thread_;
};

}  // namespace streamgauge::micro
