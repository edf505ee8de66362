#include "bench/cli/ttft_watch.h"

#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

using namespace std::chrono_literals;

struct CountingSink final : report::TimelineSink {
    int count = 0;
    void on_timeline(const report::StreamTimeline&) override { ++count; }
};

report::StreamTimeline stream_with_ttft(std::chrono::nanoseconds ttft) {
    report::StreamTimeline timeline;
    timeline.intended = report::Moment(5s);
    report::SocketRead read;
    read.arrival = timeline.intended + ttft;
    timeline.reads.push_back(read);
    timeline.tokens.emplace_back();
    return timeline;
}

TEST(TtftWatch, HandsEveryTimelineOn) {
    CountingSink first, second;
    TtftWatch watch(2);
    watch.forward(0, first);
    watch.forward(1, second);
    watch.sinks()[0]->on_timeline(stream_with_ttft(1ms));
    watch.sinks()[1]->on_timeline(stream_with_ttft(1ms));
    watch.sinks()[1]->on_timeline({});
    EXPECT_EQ(first.count, 1);
    EXPECT_EQ(second.count, 2);
}

TEST(TtftWatch, KnowsThePercentileOverAllWorkers) {
    TtftWatch watch(2);
    EXPECT_FALSE(watch.p95().has_value());
    for (int i = 1; i <= 100; ++i)
        watch.sinks()[static_cast<std::size_t>(i % 2)]->on_timeline(stream_with_ttft(i * 1ms));
    EXPECT_NEAR(static_cast<double>(watch.p95()->count()), 95e6, 1.5e6);
}

TEST(TtftWatch, StreamWithoutATokenDoesNotCount) {
    TtftWatch watch(1);
    watch.sinks()[0]->on_timeline({});
    EXPECT_FALSE(watch.p95().has_value());
}

TEST(TtftWatch, ForgetsAfterTwoTurns) {
    TtftWatch watch(1);
    watch.sinks()[0]->on_timeline(stream_with_ttft(100ms));
    watch.turn();
    EXPECT_TRUE(watch.p95().has_value());
    watch.turn();
    EXPECT_FALSE(watch.p95().has_value());
}

}  // namespace
}  // namespace streamgauge::cli
