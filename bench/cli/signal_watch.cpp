#include "bench/cli/signal_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace streamgauge::cli {

namespace {

sigset_t watched_signals(bool with_suspension) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    if (with_suspension) {
        sigaddset(&set, SIGTSTP);
        sigaddset(&set, SIGCONT);
    }
    return set;
}

/// True for a signal of suspension, which is over when this returns.
bool suspends(int signal, const SignalWatch::Suspension& suspension) {
    if (signal != SIGTSTP && signal != SIGCONT) return false;
    if (signal == SIGTSTP) {
        if (suspension.suspend) suspension.suspend();
        // To this thread, so that it does not go on before the whole process has stopped and continued.
        ::raise(SIGSTOP);
    } else if (suspension.resume) {
        suspension.resume();
    }
    return true;
}

int require_descriptor(int descriptor, const char* what) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
    return descriptor;
}

}  // namespace

SignalWatch::SignalWatch(bool with_suspension) {
    const auto set = watched_signals(with_suspension);
    signals_ = require_descriptor(::signalfd(-1, &set, SFD_CLOEXEC), "cannot watch for signals");
    stop_ = require_descriptor(::eventfd(0, EFD_CLOEXEC), "cannot watch for signals");
    pthread_sigmask(SIG_BLOCK, &set, &mask_before_);
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &pipe_before_);
}

SignalWatch::~SignalWatch() {
    stop();
    sigaction(SIGPIPE, &pipe_before_, nullptr);
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
    ::close(stop_);
    ::close(signals_);
}

void SignalWatch::start(std::function<void(int, int)> take, Suspension suspension) {
    thread_ = std::thread(
        [this, take = std::move(take), suspension = std::move(suspension)] { watch(take, suspension); });
}

void SignalWatch::stop() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(stop_, &one, sizeof one);
    if (thread_.joinable()) thread_.join();
}

void SignalWatch::watch(const std::function<void(int, int)>& take, const Suspension& suspension) {
    int count = 0;
    std::array<pollfd, 2> watched{{{signals_, POLLIN, 0}, {stop_, POLLIN, 0}}};
    while (true) {
        if (::poll(watched.data(), watched.size(), -1) < 0) continue;
        if ((watched[1].revents & POLLIN) != 0) return;
        signalfd_siginfo info{};
        if (::read(signals_, &info, sizeof info) != sizeof info) continue;
        const int signal = static_cast<int>(info.ssi_signo);
        if (suspends(signal, suspension)) continue;
        ++count;
        int none = 0;
        first_signal_.compare_exchange_strong(none, signal);
        take(signal, count);
    }
}

}  // namespace streamgauge::cli
