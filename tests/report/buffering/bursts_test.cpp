#include "report/buffering/bursts.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::ElementsAre;
using testing::TimelineBuilder;

TEST(BurstsOfAStream, AreNoneWithoutTokens) {
    EXPECT_TRUE(find_bursts(TimelineBuilder().build()).empty());
    EXPECT_TRUE(find_bursts(TimelineBuilder().read(10ms).build()).empty());
}

TEST(BurstsOfAStream, JoinReadsLessThanTwoMillisecondsApart) {
    TimelineBuilder builder;
    builder.read(100ms).events(2).read(101999us).events(3).read(103999us).events(4).read(200ms).event();
    const auto bursts = find_bursts(builder.build());
    ASSERT_EQ(bursts.size(), 3u);
    EXPECT_EQ(bursts[0].first, TimelineBuilder::at(100ms));
    EXPECT_EQ(bursts[0].last, TimelineBuilder::at(101999us));
    EXPECT_EQ(bursts[0].events, 5u);
    EXPECT_EQ(bursts[0].wire_bytes, 500u);
    EXPECT_EQ(bursts[1].events, 4u);
    EXPECT_EQ(bursts[2].events, 1u);
}

TEST(BurstsOfAStream, JoinLessWhereTheStreamIsFaster) {
    EXPECT_EQ(find_bursts(TimelineBuilder().steady_tokens(50, 100ms, 1ms).build()).size(), 50u);
    EXPECT_EQ(find_bursts(TimelineBuilder().steady_tokens(50, 100ms, 20us).build()).size(), 50u);
}

TEST(BurstsOfAStream, AreOneWhereAllCameWithOneRead) {
    const auto bursts = find_bursts(TimelineBuilder().read(2s).events(100).build());
    ASSERT_EQ(bursts.size(), 1u);
    EXPECT_EQ(bursts[0].events, 100u);
}

TEST(BurstsOfAStream, LeaveOutReadsWithoutTokensAndAfterTheLast) {
    TimelineBuilder builder;
    builder.read(3ms).tokens({100ms, 200ms}).read(300ms).read(400ms);
    const auto bursts = find_bursts(builder.build());
    ASSERT_EQ(bursts.size(), 2u);
    EXPECT_EQ(bursts[0].first, TimelineBuilder::at(100ms));
    EXPECT_EQ(bursts[1].last, TimelineBuilder::at(200ms));
}

TEST(BurstsOfAStream, EndInsideAnEventIfTheirLastReadDoes) {
    TimelineBuilder builder;
    builder.read(100ms, 0ns, StampSource::kernel, true).event();
    builder.read(101ms, 0ns, StampSource::kernel, false).event();
    builder.read(200ms, 0ns, StampSource::kernel, false).event();
    builder.read(201ms, 0ns, StampSource::kernel, true).event();
    builder.token(300ms);
    const auto bursts = find_bursts(builder.build());
    ASSERT_EQ(bursts.size(), 3u);
    EXPECT_FALSE(bursts[0].ends_inside_event);
    EXPECT_TRUE(bursts[1].ends_inside_event);
}

TEST(BurstsOfAStream, KeepWhatTheClientBlurredApart) {
    TimelineBuilder builder;
    builder.token(100ms).read(200ms, 90ms).events(5).read(300ms, 500us).events(2);
    const auto bursts = find_bursts(builder.build());
    ASSERT_EQ(bursts.size(), 3u);
    EXPECT_EQ(bursts[1].events, 0u);
    EXPECT_EQ(bursts[1].uncertain_events, 5u);
    EXPECT_EQ(bursts[2].events, 2u);
    EXPECT_EQ(bursts[2].uncertain_events, 0u);
}

TEST(VariationOfNumbers, OfNothingIsZero) {
    const auto variation = variation_of({});
    EXPECT_EQ(variation.median, 0);
    EXPECT_EQ(variation.near_median, 0);
    EXPECT_EQ(variation.coefficient, 0);
}

TEST(VariationOfNumbers, OfOneNumberIsTheNumber) {
    const auto variation = variation_of({7});
    EXPECT_EQ(variation.median, 7);
    EXPECT_EQ(variation.near_median, 1);
    EXPECT_EQ(variation.coefficient, 0);
}

TEST(VariationOfNumbers, OfSomeNumbers) {
    // Mean 5, standard deviation 2.
    const auto variation = variation_of({9, 7, 5, 5, 4, 4, 4, 2});
    EXPECT_EQ(variation.median, 5);
    EXPECT_EQ(variation.near_median, 0.25);
    EXPECT_DOUBLE_EQ(variation.coefficient, 0.4);
}

TEST(BurstSignalsOfAStream, AreZeroWithoutTokens) {
    const auto signals = measure_bursts(TimelineBuilder().read(10ms).build());
    EXPECT_EQ(signals.events, 0u);
    EXPECT_EQ(signals.bursts, 0u);
    EXPECT_EQ(signals.largest_share, 0);
    EXPECT_EQ(signals.hold_p95, 0ns);
}

TEST(BurstSignalsOfAStream, OfOneToken) {
    const auto signals = measure_bursts(TimelineBuilder().token(10ms).build());
    EXPECT_EQ(signals.events, 1u);
    EXPECT_EQ(signals.bursts, 1u);
    EXPECT_EQ(signals.blocks, 0u);
    EXPECT_EQ(signals.hold_p95, 0ns);
}

TEST(BurstSignalsOfAStream, TakeSizesFromInteriorBurstsAndGapsFromAllButTheLast) {
    TimelineBuilder builder;
    builder.read(100ms).events(7);
    for (const auto arrival : {300ms, 500ms, 700ms})
        builder.read(arrival).events(10);
    builder.read(710ms).events(3);
    const auto signals = measure_bursts(builder.build());
    EXPECT_EQ(signals.bursts, 5u);
    EXPECT_EQ(signals.interior, 3u);
    EXPECT_EQ(signals.first_bytes, 700u);
    EXPECT_EQ(signals.first_events, 7u);
    EXPECT_EQ(signals.bytes.median, 1000);
    EXPECT_EQ(signals.counts.median, 10);
    EXPECT_EQ(signals.counts.coefficient, 0);
    EXPECT_EQ(signals.gap_ns.median, 2e8);
    EXPECT_EQ(signals.gap_ns.near_median, 1);
    EXPECT_EQ(signals.events_per_burst, 8);
}

TEST(BurstSignalsOfAStream, CountEventsThatCameTogether) {
    // 2 % of 2.1 s are 42 ms: the three reads at the end count as one.
    TimelineBuilder builder;
    builder.tokens({100ms, 200ms}).read(2060ms).events(50).read(2080ms).events(30).read(2100ms).events(18);
    const auto signals = measure_bursts(builder.build());
    EXPECT_EQ(signals.largest_share, 0.98);
    EXPECT_EQ(signals.largest_span, 40ms);
}

TEST(BurstSignalsOfAStream, EstimateTheHoldFromEvenMaking) {
    // Ten events after 200 ms: the first of them was made after 20 ms and held 180 ms, the last not at all.
    TimelineBuilder builder;
    for (int i = 1; i <= 20; ++i)
        builder.read(i * 200ms).events(10);
    EXPECT_EQ(measure_bursts(builder.build()).hold_p95, 180ms);
}

TEST(MakingTimes, AreTheGapsButNoPauseOfTheModel) {
    TimelineBuilder builder;
    builder.read(300ms).events(4).read(400ms).events(4).read(2400ms).events(4).read(2500ms).events(4);
    const auto bursts = find_bursts(builder.build());
    EXPECT_THAT(making_times(bursts, 300ms), ElementsAre(100ms, 100ms, 200ms, 100ms));
    EXPECT_THAT(making_times(bursts, 70ms), ElementsAre(70ms, 100ms, 200ms, 100ms));
}

TEST(BurstSignalsOfAStream, TakeChunksWhereThereAreSome) {
    TimelineBuilder builder;
    builder.read(100ms).events(10).read(300ms).events(10);
    EXPECT_EQ(measure_bursts(builder.build()).events_per_chunk, 0);
    builder.raw().http_chunks = {500, 400, 600, 500};
    const auto signals = measure_bursts(builder.build());
    EXPECT_EQ(signals.events_per_chunk, 5);
    EXPECT_EQ(signals.chunk_bytes, 500);
}

TEST(BurstSignalsOfAStream, LeaveOutWhatTheClientBlurred) {
    TimelineBuilder builder;
    for (int i = 1; i <= 9; ++i)
        builder.read(i * 200ms, i == 5 ? 150ms : 0ms, StampSource::kernel, true).events(i == 5 ? 30 : 10);
    const auto signals = measure_bursts(builder.build());
    EXPECT_EQ(signals.events, 80u);
    EXPECT_EQ(signals.uncertain_events, 30u);
    EXPECT_EQ(signals.bursts, 8u);
    EXPECT_EQ(signals.blocks, 7u);
    EXPECT_EQ(signals.ends_inside, 7u);
    // The burst after it may hold bytes that came during the blur, so it is no measure either.
    EXPECT_EQ(signals.interior, 5u);
    EXPECT_EQ(signals.counts.coefficient, 0);
}

}  // namespace
}  // namespace streamgauge::report
