#include "bench/cli/signal_watch.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace streamgauge::cli {
namespace {

/// Collects what a watch hands over, and waits for it.
class Seen {
  public:
    void take(int signal, int count) {
        const std::lock_guard lock(mutex_);
        seen_.emplace_back(signal, count);
        changed_.notify_all();
    }
    std::vector<std::pair<int, int>> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return seen_.size() >= count; });
        return seen_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::pair<int, int>> seen_;
};

TEST(SignalWatch, HandsSignalsOverInOrder) {
    Seen seen;
    SignalWatch watch;
    watch.start([&](int signal, int count) { seen.take(signal, count); });
    EXPECT_EQ(watch.first_signal(), 0);
    ::kill(::getpid(), SIGTERM);
    seen.wait_for(1);
    ::kill(::getpid(), SIGINT);
    EXPECT_EQ(seen.wait_for(2), (std::vector<std::pair<int, int>>{{SIGTERM, 1}, {SIGINT, 2}}));
    EXPECT_EQ(watch.first_signal(), SIGTERM);
}

TEST(SignalWatch, SignalsThatCameBeforeTheStartAreKept) {
    Seen seen;
    SignalWatch watch;
    ::kill(::getpid(), SIGINT);
    EXPECT_EQ(watch.first_signal(), 0);
    watch.start([&](int signal, int count) { seen.take(signal, count); });
    EXPECT_EQ(seen.wait_for(1), (std::vector<std::pair<int, int>>{{SIGINT, 1}}));
}

TEST(SignalWatch, ThreadsMadeLaterDoNotSeeTheSignals) {
    const SignalWatch watch;
    sigset_t mask_of_thread;
    std::thread([&] { pthread_sigmask(SIG_BLOCK, nullptr, &mask_of_thread); }).join();
    EXPECT_EQ(sigismember(&mask_of_thread, SIGINT), 1);
    EXPECT_EQ(sigismember(&mask_of_thread, SIGTERM), 1);
}

TEST(SignalWatch, ResumesAfterASuspension) {
    Seen seen;
    SignalWatch watch(true);
    watch.start([&](int signal, int count) { seen.take(signal, count); },
                {[] {}, [&] { seen.take(SIGCONT, 0); }});
    ::kill(::getpid(), SIGCONT);
    seen.wait_for(1);
    ::kill(::getpid(), SIGTERM);
    EXPECT_EQ(seen.wait_for(2), (std::vector<std::pair<int, int>>{{SIGCONT, 0}, {SIGTERM, 1}}));
    EXPECT_EQ(watch.first_signal(), SIGTERM);
}

TEST(SignalWatch, HandsNothingOverOnceItHasStopped) {
    Seen seen;
    SignalWatch watch;
    watch.start([&](int signal, int count) { seen.take(signal, count); });
    watch.stop();
    watch.stop();
    ::kill(::getpid(), SIGTERM);
    EXPECT_EQ(watch.first_signal(), 0);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    int taken = 0;
    EXPECT_EQ(sigwait(&set, &taken), 0);
    EXPECT_EQ(taken, SIGTERM);
    EXPECT_TRUE(seen.wait_for(0).empty());
}

TEST(SignalWatch, PutsEverythingBackInTheEnd) {
    { const SignalWatch watch; }
    sigset_t mask;
    pthread_sigmask(SIG_BLOCK, nullptr, &mask);
    EXPECT_EQ(sigismember(&mask, SIGINT), 0);
    struct sigaction pipe {};
    sigaction(SIGPIPE, nullptr, &pipe);
    EXPECT_EQ(pipe.sa_handler, SIG_DFL);
}

TEST(SignalWatch, ReaderThatWentAwayDoesNotKillTheProcess) {
    const SignalWatch watch;
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ::close(ends[0]);
    EXPECT_EQ(::write(ends[1], "x", 1), -1);
    ::close(ends[1]);
}

}  // namespace
}  // namespace streamgauge::cli
