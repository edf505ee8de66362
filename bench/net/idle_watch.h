#pragma once

#include "report/model/moment.h"

#include <algorithm>
#include <chrono>

namespace streamgauge::net {

/// Knows since when bytes found in a socket can have lain there: not before the loop last looked and found
/// nothing, and not before it last slept. The worker tells it what it does; it reads no clock itself.
class IdleWatch {
  public:
    using Moment = report::Moment;

    /// The worker is about to wait for something to do.
    void waiting(Moment now) { waiting_since_ = now; }

    /// The worker is about to look for something to do without waiting: whatever it finds may have lain there
    /// while the worker was elsewhere.
    void polling() { waiting_since_ = Moment::max(); }

    /// The first handler after a wait runs. A wait that took longer than a bare look at the queue was
    /// idleness.
    void woke(Moment now) {
        if (now - waiting_since_ > bare_look) {
            woke_ = now;
            floor_ = std::max(floor_, now);
        }
        waiting_since_ = now;
    }

    /// Every socket not reported as ready by the look that began at `now` was empty then.
    void looked(Moment now) { looked_ = now; }

    /// The sockets reported by the last look have all been read.
    void drained() { floor_ = std::max(floor_, looked_); }

    /// The latest moment at which sockets that are ready now are known to have been empty.
    Moment floor() const { return floor_; }

    /// When this thread last ran again after a sleep.
    Moment woken() const { return woke_; }

    /// The floor is the moment this thread ran again after a sleep. What woke it came earlier by as long as
    /// the thread then waited for a core.
    bool floor_is_wake() const { return floor_ == woke_; }

  private:
    static constexpr std::chrono::microseconds bare_look{20};

    Moment waiting_since_{};
    Moment looked_{};
    Moment woke_{};
    Moment floor_{};
};

}  // namespace streamgauge::net
