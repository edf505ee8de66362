#include "bench/live/request_watch.h"

#include "tests/bench/wire/allocations.h"

#include <gtest/gtest.h>

#include <thread>

namespace streamgauge::live {
namespace {

using namespace std::chrono_literals;
using report::Outcome;

struct CountingSink final : report::TimelineSink {
    int count = 0;
    void on_timeline(const report::StreamTimeline&) override { ++count; }
};

report::RequestMetrics request(std::uint32_t target, Outcome outcome = Outcome::completed) {
    report::RequestMetrics metrics;
    metrics.target = target;
    metrics.phase = 3;
    metrics.outcome = outcome;
    metrics.ttft = 5ms;
    metrics.schedule_lag = 1ms;
    metrics.token_events = 20;
    metrics.uncertain_events = 2;
    metrics.buffering.kind = report::BufferingKind::block;
    metrics.buffering.block_bytes = 4096;
    metrics.buffering.evidence = "a long sentence that nobody reads while the run goes on";
    metrics.buffering.rhythm = report::BurstRhythm{.bursts = 7};
    return metrics;
}

TEST(RequestWatch, HandsEveryTimelineOn) {
    CountingSink first, second;
    RequestWatch watch(2, 1);
    watch.forward(0, first);
    watch.forward(1, second);
    watch.sinks()[0]->on_timeline({});
    watch.sinks()[1]->on_timeline({});
    watch.sinks()[1]->on_timeline({});
    EXPECT_EQ(first.count, 1);
    EXPECT_EQ(second.count, 2);
}

TEST(RequestWatch, GivesWhatEndedSinceItWasLastAsked) {
    RequestWatch watch(2, 2);
    watch.observer(0).on_request(request(0));
    watch.observer(1).on_request(request(1, Outcome::reset));
    watch.observer(1).on_request(request(1));
    const auto& ended = watch.take();
    ASSERT_EQ(ended.requests.size(), 3u);
    EXPECT_EQ(ended.requests[0].target, 0u);
    EXPECT_EQ(ended.requests[0].phase, 3u);
    EXPECT_EQ(ended.requests[0].ttft, 5ms);
    EXPECT_EQ(ended.requests[0].send_lag, 1ms);
    EXPECT_EQ(ended.requests[0].token_events, 20u);
    EXPECT_EQ(ended.requests[0].uncertain_events, 2u);
    EXPECT_EQ(ended.requests[0].buffering.block_bytes, 4096u);
    EXPECT_EQ(ended.requests[0].buffering.rhythm->bursts, 7u);
    EXPECT_EQ(ended.requests[0].buffering.evidence, "");
    const auto completed = static_cast<std::size_t>(Outcome::completed);
    EXPECT_EQ(ended.outcomes[0][completed], 1u);
    EXPECT_EQ(ended.outcomes[1][completed], 1u);
    EXPECT_EQ(ended.outcomes[1][static_cast<std::size_t>(Outcome::reset)], 1u);

    EXPECT_TRUE(watch.take().requests.empty());
    EXPECT_EQ(watch.take().outcomes[1][completed], 0u);
}

TEST(RequestWatch, KeepsNoMoreThanThereIsRoomForButCountsAll) {
    RequestWatch watch(1, 1);
    for (std::size_t i = 0; i < RequestWatch::most_waiting + 10; ++i)
        watch.observer(0).on_request(request(0));
    const auto& ended = watch.take();
    EXPECT_EQ(ended.requests.size(), RequestWatch::most_waiting);
    EXPECT_EQ(ended.outcomes[0][0], RequestWatch::most_waiting + 10);
}

TEST(RequestWatch, TakesNoMemoryOfAWorkerOnceItIsWarm) {
    RequestWatch watch(1, 1);
    const auto one = request(0);
    const auto hundred = [&] {
        for (int i = 0; i < 100; ++i)
            watch.observer(0).on_request(one);
    };
    for (int turn = 0; turn < 3; ++turn) {
        hundred();
        watch.take();
    }
    const auto before = wire::allocations();
    hundred();
    EXPECT_EQ(wire::allocations() - before, 0u);
}

TEST(RequestWatch, LosesNothingBetweenThreads) {
    RequestWatch watch(2, 1);
    constexpr int each = 5000;
    std::uint64_t seen = 0;
    {
        std::vector<std::jthread> workers;
        workers.reserve(2);
        for (unsigned worker = 0; worker < 2; ++worker) {
            workers.emplace_back([&watch, worker] {
                for (int i = 0; i < each; ++i)
                    watch.observer(worker).on_request(request(0));
            });
        }
        for (int i = 0; i < 100; ++i)
            seen += watch.take().outcomes[0][0];
    }
    seen += watch.take().outcomes[0][0];
    EXPECT_EQ(seen, 2u * each);
}

}  // namespace
}  // namespace streamgauge::live
