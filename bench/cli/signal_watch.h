#pragma once

#include <signal.h>

#include <atomic>
#include <functional>
#include <thread>

namespace streamgauge::cli {

/// Catches SIGINT and SIGTERM on a thread of its own while it lives, so that what they cause may lock and
/// allocate. Make it before any other thread: they inherit the blocked signals and never see one. SIGPIPE is
/// ignored meanwhile, so that a reader of our output that goes away does not end a run before its report.
class SignalWatch {
  public:
    /// `take` is called on the watch's thread with the signal and how many have come, from 1.
    explicit SignalWatch(std::function<void(int signal, int count)> take);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

    /// The first signal that came; 0 if none did. Any thread.
    int first_signal() const { return first_signal_; }

  private:
    void watch();

    std::function<void(int, int)> take_;
    std::atomic<int> first_signal_{0};
    sigset_t mask_before_{};
    struct sigaction pipe_before_ {};
    int signals_ = -1;  ///< signalfd
    int stop_ = -1;     ///< eventfd
    std::thread thread_;
};

}  // namespace streamgauge::cli
