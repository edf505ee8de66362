#include "bench/net/watchdog.h"

#include <gtest/gtest.h>

#include <deque>
#include <functional>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;
using report::Moment;

Moment at(std::chrono::nanoseconds when) {
    return Moment{1000s + when};
}

class Stream final : public Watched {
  public:
    explicit Stream(Moment when) : when_{when} {}

    Moment deadline() const override { return when_; }
    void on_deadline(Moment now) override {
        struck_at.push_back(now);
        if (on_strike) on_strike();
    }
    void move_to(Moment when) { when_ = when; }

    std::vector<Moment> struck_at;
    std::function<void()> on_strike;

  private:
    Moment when_;
};

TEST(Watchdog, StrikesAtTheDeadlineAndNotBefore) {
    Watchdog dog;
    Stream stream{at(10ms)};
    dog.add(stream);
    dog.sweep(at(9ms));
    EXPECT_TRUE(stream.struck_at.empty());
    dog.sweep(at(10ms));
    EXPECT_EQ(stream.struck_at.size(), 1U);
}

TEST(Watchdog, FollowsADeadlineThatMovesLater) {
    Watchdog dog;
    Stream stream{at(10ms)};
    dog.add(stream);
    stream.move_to(at(30ms));
    dog.sweep(at(20ms));
    EXPECT_TRUE(stream.struck_at.empty());
    dog.sweep(at(30ms));
    EXPECT_EQ(stream.struck_at.size(), 1U);
}

TEST(Watchdog, FollowsADeadlineThatMovedEarlierOnceTold) {
    Watchdog dog;
    Stream stream{at(100ms)};
    dog.add(stream);
    stream.move_to(at(5ms));
    dog.refresh(stream);
    dog.sweep(at(6ms));
    EXPECT_EQ(stream.struck_at.size(), 1U);
}

TEST(Watchdog, StreamsMayLeaveInAnyOrderInTheMiddleOfASweep) {
    Watchdog dog;
    std::deque<Stream> streams;
    for (int i = 0; i < 50; ++i)
        streams.emplace_back(at(std::chrono::milliseconds{i % 2 == 0 ? 1 : 100}));
    for (auto& stream : streams) {
        dog.add(stream);
        stream.on_strike = [&dog, &stream] { dog.remove(stream); };
    }
    streams[10].on_strike = [&] {
        dog.remove(streams[10]);
        dog.remove(streams[11]);
        dog.remove(streams[48]);
    };
    dog.sweep(at(2ms));
    for (int i = 0; i < 50; i += 2)
        EXPECT_LE(streams[static_cast<std::size_t>(i)].struck_at.size(), 1U);
    EXPECT_EQ(dog.size(), 24U) << "odd ones but number 11";
    dog.sweep(at(100ms));
    EXPECT_EQ(dog.size(), 0U);
    EXPECT_TRUE(streams[11].struck_at.empty());
}

}  // namespace
}  // namespace streamgauge::net
