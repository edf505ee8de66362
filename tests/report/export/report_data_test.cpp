#include "report/export/report_data.h"

#include <gmock/gmock.h>

#include <numeric>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using ::testing::SizeIs;

const Moment run_start = Moment{} + 1h;

Summary two_targets() {
    Summary summary;
    summary.run.targets = {{"direct", "", ""}, {"gateway", "", ""}};
    summary.run.phases = {{"warm-up", "", 0s, 5s, true}, {"steady", "", 5s, 30s, false}};
    return summary;
}

/// A stream sent 1 ms after it was due, whose tokens arrive at `arrivals` after that.
StreamTimeline stream(std::uint32_t target, std::uint32_t phase, nanoseconds due,
                      std::vector<nanoseconds> arrivals) {
    StreamTimeline timeline;
    timeline.request_id = std::to_string(due / 1ms);
    timeline.target = target;
    timeline.phase = phase;
    timeline.intended = run_start + due;
    timeline.sent = timeline.intended + 1ms;
    timeline.outcome = Outcome::completed;
    for (const nanoseconds at : arrivals) {
        timeline.tokens.push_back(
            {static_cast<std::uint32_t>(timeline.reads.size()), 0, 50, 1, TokenKind::answer});
        timeline.reads.emplace_back(*timeline.sent + at, *timeline.sent, 50, StampSource::kernel, false);
    }
    return timeline;
}

TEST(ReportData, CountsFromSent) {
    StreamTimeline timeline = stream(1, 1, 5s, {200ms, 220ms, 300ms});
    timeline.end = *timeline.sent + 301ms;
    const ReportData data = make_report_data(std::vector{timeline}, two_targets());
    ASSERT_THAT(data.rasters, SizeIs(2));
    EXPECT_EQ(data.rasters[0].target, "direct");
    EXPECT_TRUE(data.rasters[0].streams.empty());
    ASSERT_THAT(data.rasters[1].streams, SizeIs(1));
    const RasterStream& row = data.rasters[1].streams[0];
    EXPECT_EQ(row.phase, "steady");
    EXPECT_EQ(row.ttft, 200ms);
    EXPECT_EQ(row.end, 301ms);
    EXPECT_EQ(row.max_gap, 80ms);
    EXPECT_EQ(row.token_events, 3U);
    ASSERT_THAT(row.marks, SizeIs(3));
    EXPECT_EQ(row.marks[1].at, 220ms);
}

TEST(ReportData, TokensOfOneReadShareAMark) {
    StreamTimeline timeline = stream(0, 1, 5s, {400ms, 800ms});
    timeline.tokens.insert(timeline.tokens.begin(), 15, timeline.tokens.front());
    const ReportData data = make_report_data(std::vector{timeline}, two_targets());
    const RasterStream& row = data.rasters[0].streams[0];
    ASSERT_THAT(row.marks, SizeIs(2));
    EXPECT_EQ(row.marks[0].token_events, 16U);
    EXPECT_EQ(row.marks[1].token_events, 1U);
    EXPECT_EQ(row.token_events, 17U);
}

TEST(ReportData, AFailedStreamIsARowWithoutMarks) {
    StreamTimeline refused = stream(0, 1, 5s, {});
    refused.outcome = Outcome::http_error;
    refused.end = *refused.sent + 12ms;
    StreamTimeline never_sent = stream(0, 1, 6s, {});
    never_sent.sent.reset();
    never_sent.outcome = Outcome::not_started;
    const ReportData data = make_report_data(std::vector{refused, never_sent}, two_targets());
    ASSERT_THAT(data.rasters[0].streams, SizeIs(1));
    EXPECT_EQ(data.rasters[0].streams[0].outcome, Outcome::http_error);
    EXPECT_FALSE(data.rasters[0].streams[0].ttft);
    EXPECT_FALSE(data.rasters[0].streams[0].max_gap);
    EXPECT_TRUE(data.rasters[0].streams[0].marks.empty());
}

TEST(ReportData, LeavesWarmUpOutUnlessThereIsNothingElse) {
    const std::vector timelines{stream(0, 0, 1s, {100ms}), stream(0, 1, 6s, {100ms}),
                                stream(1, 0, 2s, {100ms})};
    const ReportData data = make_report_data(timelines, two_targets());
    ASSERT_THAT(data.rasters[0].streams, SizeIs(1));
    EXPECT_EQ(data.rasters[0].streams[0].phase, "steady");
    ASSERT_THAT(data.rasters[1].streams, SizeIs(1));
    EXPECT_EQ(data.rasters[1].streams[0].phase, "warm-up");
}

TEST(ReportData, TakesStreamsEvenlyByIntendedTime) {
    std::vector<StreamTimeline> timelines;
    for (int i = 599; i >= 0; --i)
        timelines.push_back(stream(0, 1, i * 100ms, {100ms}));
    const ReportData data = make_report_data(timelines, two_targets());
    const Raster& raster = data.rasters[0];
    EXPECT_EQ(raster.timelines, 600U);
    ASSERT_THAT(raster.streams, SizeIs(max_raster_streams));
    EXPECT_EQ(raster.streams[0].start, 0us);
    for (std::size_t i = 1; i < raster.streams.size(); ++i) {
        EXPECT_EQ(raster.streams[i].start - raster.streams[i - 1].start, 400ms);
    }
}

TEST(ReportData, BecomesCoarserUntilItFits) {
    std::vector<nanoseconds> arrivals;
    arrivals.reserve(1'000);
    for (int i = 0; i < 1'000; ++i)
        arrivals.emplace_back(i * 100us);
    std::vector<StreamTimeline> timelines;
    timelines.reserve(150);
    for (int i = 0; i < 150; ++i)
        timelines.push_back(stream(0, 1, i * 1s, arrivals));
    const Raster raster = make_report_data(timelines, two_targets()).rasters[0];
    std::size_t marks = 0;
    for (const RasterStream& row : raster.streams) {
        marks += row.marks.size();
        const auto tokens =
            std::accumulate(row.marks.begin(), row.marks.end(), std::uint64_t{0},
                            [](std::uint64_t sum, const auto& mark) { return sum + mark.token_events; });
        EXPECT_EQ(tokens, 1'000U) << "no token is lost";
    }
    EXPECT_LE(marks, max_raster_marks);
    EXPECT_GT(marks, max_raster_marks / 4) << "and no coarser than needed";
    EXPECT_GT(raster.resolution, 100us);
}

TEST(ReportData, AddsTheIdealToSomeStreamsEvenly) {
    std::vector<StreamTimeline> timelines;
    timelines.reserve(150);
    for (int i = 0; i < 150; ++i)
        timelines.push_back(stream(0, 1, i * 1s, {100ms, 200ms, 300ms}));
    const Raster raster = make_report_data(timelines, two_targets()).rasters[0];
    std::size_t with_ideal = 0;
    for (const RasterStream& row : raster.streams) {
        if (row.ideal.empty()) continue;
        ++with_ideal;
        EXPECT_EQ(row.ideal, row.marks) << "nothing held these";
    }
    EXPECT_EQ(with_ideal, max_ideal_streams);
}

TEST(ReportData, TellsHowLongTokensWereHeld) {
    StreamTimeline held = stream(0, 1, 5s, {400ms, 800ms});
    for (int i = 0; i < 9; ++i) {
        held.tokens.insert(held.tokens.begin(), held.tokens.front());
        held.tokens.push_back(held.tokens.back());
    }
    for (SocketRead& read : held.reads)
        read.set_not_before(read.arrival);
    const auto estimated = make_report_data(std::vector{held}, two_targets()).rasters[0].holds;
    EXPECT_FALSE(estimated.from_stamps);
    EXPECT_EQ(estimated.streams, 1U);
    EXPECT_EQ(estimated.token_events, 20U);
    ASSERT_TRUE(estimated.max);
    EXPECT_NEAR(static_cast<double>(estimated.max->count()), 36e7, 1e6) << "nine tenths of 400 ms";

    for (std::size_t i = 0; i < held.tokens.size(); ++i) {
        held.stamps.push_back({(held.arrival(i) - 5ms - (i == 3 ? 70ms : 0ms)).time_since_epoch(), 0ns});
    }
    const auto stamped = make_report_data(std::vector{held}, two_targets()).rasters[0].holds;
    EXPECT_TRUE(stamped.from_stamps);
    EXPECT_EQ(stamped.max, 70ms);
    EXPECT_EQ(stamped.histogram.zeros, 19U);
}

TEST(ReportData, BlamesThePathForNothingTheClientBlurred) {
    StreamTimeline blurred = stream(0, 1, 5s, {400ms, 800ms});
    for (int i = 0; i < 9; ++i)
        blurred.tokens.push_back(blurred.tokens.back());
    const auto holds = make_report_data(std::vector{blurred}, two_targets()).rasters[0].holds;
    EXPECT_EQ(holds.token_events, 1U) << "the first came alone, so its time is certain";
    EXPECT_EQ(holds.max, 0ns);
}

TEST(ReportData, NamesTheSlowestRequestsFirst) {
    std::vector<StreamTimeline> timelines;
    timelines.reserve(20);
    for (int i = 0; i < 20; ++i)
        timelines.push_back(stream(0, 1, i * 1s, {100ms, 200ms + (i * 7 % 20) * 1ms}));
    const auto slowest = make_report_data(timelines, two_targets()).rasters[0].slowest;
    ASSERT_THAT(slowest, SizeIs(max_slowest));
    EXPECT_EQ(slowest[0].last_token, 220ms) << "from when it was due";
    EXPECT_EQ(slowest[1].last_token, 219ms);
}

TEST(ReportData, ManyTargetsShareThePage) {
    Summary summary = two_targets();
    std::vector<StreamTimeline> timelines;
    for (std::uint32_t target = 0; target < 20; ++target) {
        summary.run.targets.resize(20);
        for (int i = 0; i < 60; ++i)
            timelines.push_back(stream(target, 1, i * 1s, {100ms, 200ms}));
    }
    for (const Raster& raster : make_report_data(timelines, summary).rasters)
        EXPECT_THAT(raster.streams, SizeIs(max_raster_streams / 10));
}

TEST(ReportData, TargetsBeyondTheRunsAreIgnored) {
    const ReportData data = make_report_data(std::vector{stream(7, 9, 1s, {100ms})}, two_targets());
    ASSERT_THAT(data.rasters, SizeIs(2));
    EXPECT_TRUE(data.rasters[0].streams.empty());
}

}  // namespace
}  // namespace streamgauge::report
