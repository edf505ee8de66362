#pragma once

#include "report/model/moment.h"

#include <chrono>
#include <optional>

namespace streamgauge::net {

/// How long a thread was ready to run while the system let others run, as the scheduler counts it
/// (/proc/thread-self/schedstat, second field; see the kernel's documentation of scheduler statistics).
class CoreWait {
  public:
    /// Starts with the calling thread, which has to be the one that asks later.
    CoreWait();
    ~CoreWait();
    CoreWait(const CoreWait&) = delete;
    CoreWait& operator=(const CoreWait&) = delete;

    /// Since the thread began; empty where the kernel does not count it.
    std::optional<std::chrono::nanoseconds> total() const;

    /// An upper bound of how long the thread waited for its core before it ran at `wake`: all it waited since
    /// it was last asked about an earlier wake-up, so ask every few milliseconds. The same for each call
    /// about one wake-up; 0 where it is not known.
    std::chrono::nanoseconds before(report::Moment wake);

  private:
    int file_ = -1;
    report::Moment wake_{};  ///< the last one asked about
    std::chrono::nanoseconds before_wake_{0};
    std::chrono::nanoseconds seen_{0};  ///< total() then
};

}  // namespace streamgauge::net
