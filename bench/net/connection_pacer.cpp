#include "bench/net/connection_pacer.h"

#include <algorithm>
#include <cmath>

namespace streamgauge::net {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

ConnectionPacer::ConnectionPacer(double rate)
    : interval_{std::isinf(rate) ? 0 : 1e9 / rate},
      // The last of a burst waits one interval less than the whole burst takes.
      allowance_{std::max<nanoseconds>(nanoseconds{burst_time} - nanoseconds{std::llround(interval_.count())},
                                       nanoseconds{0})} {}

ConnectionPacer::Moment ConnectionPacer::take_turn(Moment now) {
    if (interval_.count() == 0) return now;
    next_ = std::max(next_, now);
    const Moment turn = next_ - allowance_;
    const double step = interval_.count() + part_of_nanosecond_;
    const auto whole = nanoseconds{static_cast<std::int64_t>(step)};
    part_of_nanosecond_ = step - static_cast<double>(whole.count());
    next_ += whole;
    return turn <= now ? turn : Moment{std::chrono::ceil<milliseconds>(turn.time_since_epoch())};
}

}  // namespace streamgauge::net
