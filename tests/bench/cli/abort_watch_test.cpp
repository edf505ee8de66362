#include "bench/cli/abort_watch.h"

#include <gmock/gmock.h>

#include <optional>

namespace streamgauge::cli {
namespace {

using namespace std::chrono_literals;
using report::Outcome;

struct CountingSink final : report::TimelineSink {
    int count = 0;
    void on_timeline(const report::StreamTimeline&) override { ++count; }
};

report::StreamTimeline ended(std::uint32_t target, Outcome outcome,
                             std::optional<std::chrono::nanoseconds> ttft = std::nullopt) {
    report::StreamTimeline timeline;
    timeline.target = target;
    timeline.outcome = outcome;
    timeline.intended = report::Moment(5s);
    timeline.end = timeline.intended + 30s;
    if (ttft) {
        report::SocketRead read;
        read.arrival = timeline.intended + *ttft;
        timeline.reads.push_back(read);
        timeline.tokens.emplace_back();
    }
    return timeline;
}

TEST(AbortWatch, CountsByTargetOverAllWorkersAndHandsOn) {
    CountingSink first, second;
    AbortWatch watch(2, 2);
    auto& one = watch.in_front_of(0, first);
    auto& two = watch.in_front_of(1, second);
    one.on_timeline(ended(0, Outcome::completed, 1s));
    two.on_timeline(ended(0, Outcome::reset, 2s));
    two.on_timeline(ended(1, Outcome::http_error));
    const auto all = watch.take();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].counted, 2u);
    EXPECT_EQ(all[0].errors, 1u);
    EXPECT_EQ(all[0].ttft.size(), 2u);
    EXPECT_EQ(all[1].counted, 1u);
    EXPECT_EQ(all[1].errors, 1u);
    EXPECT_EQ(all[1].ttft.size(), 0u) << "an error response says nothing about TTFT";
    EXPECT_EQ(first.count, 1);
    EXPECT_EQ(second.count, 2);
}

TEST(AbortWatch, TellsEachRequestOnce) {
    CountingSink sink;
    AbortWatch watch(1, 1);
    watch.in_front_of(0, sink).on_timeline(ended(0, Outcome::completed, 1s));
    EXPECT_EQ(watch.take().at(0).counted, 1u);
    EXPECT_EQ(watch.take().at(0).counted, 0u);
}

TEST(AbortWatch, ATimeoutBeforeTheFirstTokenIsLongerThanItsWait) {
    CountingSink sink;
    AbortWatch watch(1, 1);
    watch.in_front_of(0, sink).on_timeline(ended(0, Outcome::timeout_first_token));
    const auto all = watch.take();
    EXPECT_EQ(all[0].ttft.censored, 1u);
    EXPECT_EQ(all[0].ttft.cut_after, 30s);
}

TEST(AbortWatch, LeavesOutWhatTheScenarioCancelledAndUnknownTargets) {
    CountingSink sink;
    AbortWatch watch(1, 1);
    auto& front = watch.in_front_of(0, sink);
    front.on_timeline(ended(0, Outcome::cancelled, 1s));
    front.on_timeline(ended(7, Outcome::completed, 1s));
    EXPECT_EQ(watch.take().at(0).counted, 0u);
    EXPECT_EQ(sink.count, 2);
}

}  // namespace
}  // namespace streamgauge::cli
