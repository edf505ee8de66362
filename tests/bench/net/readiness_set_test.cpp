#include "bench/net/readiness_set.h"

#include "tests/bench/net/tcp_pair.h"

#include <gtest/gtest.h>

#include <sys/epoll.h>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;

/// One end of a connection in the set; the test holds the other.
class Reader final : public ReadinessHandler {
  public:
    Reader(ReadinessSet& set, const testing::Listener& listener)
        : set_{set}, descriptor_{testing::connect_to(listener.port())}, peer{listener.accept_one()} {
        set_.add(descriptor_, *this);
    }
    ~Reader() {
        leave();
        close(descriptor_);
        close(peer);
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    void on_ready(std::uint32_t events) override {
        ++calls;
        seen |= events;
        std::array<char, 4> buffer{};
        if ((events & EPOLLIN) != 0)
            taken += std::max<ssize_t>(0, recv(descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT));
        if (then) then();
    }
    void leave() {
        if (std::exchange(watched_, false)) set_.remove(descriptor_, *this);
    }
    void report_again() { set_.report_again(descriptor_, *this, false); }
    void watch_writing(bool wanted) { set_.watch_writing(descriptor_, *this, wanted); }

  private:
    ReadinessSet& set_;
    int descriptor_;
    bool watched_ = true;

  public:
    int peer;
    int calls = 0;
    ssize_t taken = 0;
    std::uint32_t seen = 0;
    std::function<void()> then;
};

class ReadinessSetTest : public ::testing::Test {
  protected:
    ReadinessSetTest() { set_.start(); }

    void run_until(const std::function<bool()>& done) {
        const auto give_up = std::chrono::steady_clock::now() + 10s;
        while (!done() && std::chrono::steady_clock::now() < give_up)
            context_.run_one_for(10ms);
        ASSERT_TRUE(done());
    }

    testing::Listener listener_;
    boost::asio::io_context context_{1};
    IdleWatch idle_;
    ReadinessSet set_{context_, idle_};
};

TEST_F(ReadinessSetTest, TellsTheOneThatIsReady) {
    Reader ready{set_, listener_};
    Reader quiet{set_, listener_};
    testing::write_all(ready.peer, "abc");
    run_until([&] { return ready.taken == 3; });
    EXPECT_EQ(quiet.calls, 0);
}

TEST_F(ReadinessSetTest, WhatWasNotReadIsReportedAgainWhenAskedFor) {
    Reader reader{set_, listener_};
    testing::write_all(reader.peer, "0123456789");
    run_until([&] { return reader.taken == 4; });
    context_.run_for(1ms);
    EXPECT_EQ(reader.calls, 1) << "nothing new came";
    reader.then = [&] { reader.report_again(); };
    reader.report_again();
    run_until([&] { return reader.taken == 10; });
    EXPECT_EQ(reader.calls, 3);
}

TEST_F(ReadinessSetTest, AnEndThatFollowsTheLastBytesIsNotMissed) {
    Reader reader{set_, listener_};
    testing::write_all(reader.peer, "abcd");
    shutdown(reader.peer, SHUT_WR);
    run_until([&] { return reader.taken == 4 && (reader.seen & EPOLLRDHUP) != 0; });
}

TEST_F(ReadinessSetTest, RoomToWriteIsReportedOnlyWhileWanted) {
    Reader reader{set_, listener_};
    reader.watch_writing(true);
    reader.then = [&] { reader.watch_writing(false); };
    run_until([&] { return (reader.seen & EPOLLOUT) != 0; });
    context_.run_for(1ms);
    EXPECT_EQ(reader.calls, 1);
}

TEST_F(ReadinessSetTest, OneMayRemoveAllOthersOfTheSameBatch) {
    std::vector<std::unique_ptr<Reader>> readers;
    readers.reserve(20);
    for (int i = 0; i < 20; ++i)
        readers.push_back(std::make_unique<Reader>(set_, listener_));
    int calls = 0;
    for (auto& reader : readers) {
        reader->then = [&] {
            ++calls;
            for (auto& each : readers)
                each->leave();
        };
        testing::write_all(reader->peer, "x");
    }
    run_until([&] { return calls > 0; });
    context_.run_for(1ms);
    EXPECT_EQ(calls, 1);
}

TEST_F(ReadinessSetTest, ABatchThatOverflowsIsDrainedWhole) {
    std::vector<std::unique_ptr<Reader>> readers;
    for (int i = 0; i < 400; ++i) {
        readers.push_back(std::make_unique<Reader>(set_, listener_));
        testing::write_all(readers.back()->peer, "x");
    }
    run_until([&] {
        return std::all_of(readers.begin(), readers.end(),
                           [](const auto& reader) { return reader->taken == 1; });
    });
}

}  // namespace
}  // namespace streamgauge::net
