#pragma once

#include "report/model/moment.h"

#include <chrono>

namespace streamgauge::net {

/// When new connections may begin: so many a second, after a burst of at most `burst_time` worth of them.
/// Turns fall on whole milliseconds of a worker's clock, so that one wake-up serves many. Pure: reads no
/// clock.
class ConnectionPacer {
  public:
    using Moment = report::Moment;

    /// `rate` per second, above 0; infinity: no pacing.
    explicit ConnectionPacer(double rate);

    /// The turn of the next connection, asked for at `now`; `now` or earlier when it may begin at once.
    /// Turns come in the order of asking.
    Moment take_turn(Moment now);

    /// How much of a second's connections may begin at once after a pause: few enough for a short listener's
    /// queue, enough that requests that fall together by chance do not wait.
    static constexpr std::chrono::milliseconds burst_time{5};

  private:
    std::chrono::duration<double, std::nano> interval_;
    std::chrono::nanoseconds allowance_;
    Moment next_{};                  ///< when the next one would begin if all came evenly
    double part_of_nanosecond_ = 0;  ///< lost to rounding `next_` so far
};

}  // namespace streamgauge::net
