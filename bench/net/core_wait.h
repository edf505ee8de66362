#pragma once

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

    /// Call every few milliseconds: marks the moment from which recent() counts.
    void mark();
    /// At least what the thread waited since the last mark, at most since the one before: an upper bound of
    /// how long the current turn had to wait for its core. 0 where it is not known.
    std::chrono::nanoseconds recent() const;

  private:
    int file_ = -1;
    std::chrono::nanoseconds last_mark_{0};
    std::chrono::nanoseconds mark_before_{0};
};

}  // namespace streamgauge::net
