#pragma once

#include <signal.h>

#include <atomic>
#include <functional>
#include <thread>

namespace streamgauge::cli {

/// Catches SIGINT and SIGTERM while it lives and hands them over on a thread of its own, so that what they
/// cause may lock and allocate. Make it before any other thread: they inherit the blocked signals and never
/// see one. SIGPIPE is ignored meanwhile, so that a reader of our output that goes away does not end a run
/// before its report.
///
/// On request it also sees to it that a program that draws on the terminal can be suspended (SIGTSTP, Ctrl-Z)
/// and resumed (SIGCONT).
class SignalWatch {
  public:
    /// What to do before the process stops and once it goes on, on the watch's thread.
    struct Suspension {
        std::function<void()> suspend, resume;
    };

    /// Blocks the signals; from here on they wait. Those of suspension keep their usual effect unless
    /// `with_suspension` is true.
    explicit SignalWatch(bool with_suspension = false);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

    /// Begins to hand over: `take` gets the signal and how many have come, from 1. Signals of suspension are
    /// not among them. Call once.
    void start(std::function<void(int signal, int count)> take, Suspension suspension = {});

    /// Hands over no more; call before what start() was given goes away. Signals wait again. Once or often.
    void stop();

    /// The first signal that was handed over; 0 if none was. Any thread.
    int first_signal() const { return first_signal_; }

  private:
    void watch(const std::function<void(int, int)>& take, const Suspension& suspension);

    std::atomic<int> first_signal_{0};
    sigset_t mask_before_{};
    struct sigaction pipe_before_ {};
    int signals_ = -1;  ///< signalfd
    int stop_ = -1;     ///< eventfd
    std::thread thread_;
};

}  // namespace streamgauge::cli
