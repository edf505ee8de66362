#include "report/buffering/detector.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using testing::TimelineBuilder;

/// `bursts` reads of `events` events each, the first after one `gap`.
TimelineBuilder bursts_of(int bursts, int events, nanoseconds gap) {
    TimelineBuilder builder;
    for (int i = 1; i <= bursts; ++i)
        builder.read(i * gap).events(events);
    return builder;
}

/// What a buffer of `block` bytes makes of `events` events of `bytes` bytes, one made every `gap`.
TimelineBuilder blocks_of(std::uint64_t block, int events, std::uint32_t bytes, nanoseconds gap) {
    TimelineBuilder builder;
    std::uint64_t made = 0, passed = 0, completed = 0;
    for (int i = 1; i <= events; ++i) {
        made += bytes;
        if (made - passed < block && i < events) continue;
        const auto taken = i < events ? block : made - passed;
        passed += taken;
        builder.read(100ms + i * gap, 0ns, StampSource::kernel, passed % bytes != 0);
        for (; (completed + 1) * bytes <= passed; ++completed)
            builder.event(TokenKind::answer, 0, bytes);
        builder.raw().reads.back().wire_bytes = static_cast<std::uint32_t>(taken);
    }
    return builder;
}

BufferingKind kind_of(const TimelineBuilder& builder) {
    return detect_buffering(builder.build()).kind;
}

TEST(DetectorEdgeCases, PassesTokensThatComeOneByOne) {
    const auto verdict = detect_buffering(TimelineBuilder().steady_tokens(100, 100ms, 20ms).build());
    EXPECT_EQ(verdict.kind, BufferingKind::none);
    EXPECT_EQ(verdict.estimated_hold, 0ns);
    EXPECT_GT(verdict.confidence, 0.9);
    EXPECT_LT(verdict.confidence, 1);
    EXPECT_EQ(verdict.evidence, "100 events came in 100 bursts, 20ms apart");
}

TEST(DetectorEdgeCases, CannotTellFromFewTokens) {
    for (const int tokens : {0, 1, 5}) {
        const auto verdict = detect_buffering(TimelineBuilder().steady_tokens(tokens, 100ms, 20ms).build());
        EXPECT_EQ(verdict.kind, BufferingKind::insufficient) << tokens;
        EXPECT_EQ(verdict.evidence, std::to_string(tokens) + " token events are too few to tell");
        EXPECT_FALSE(verdict.is_buffered());
    }
    EXPECT_EQ(kind_of(TimelineBuilder().steady_tokens(6, 100ms, 20ms)), BufferingKind::none);
}

TEST(DetectorEdgeCases, CannotTellFromFiveTokensAtTheEnd) {
    TimelineBuilder builder;
    builder.read(2s).events(5);
    EXPECT_EQ(kind_of(builder), BufferingKind::insufficient);
}

TEST(DetectorEdgeCases, TakesAStreamThatNeverEnded) {
    auto builder = TimelineBuilder().steady_tokens(50, 100ms, 20ms);
    builder.raw().end.reset();
    builder.raw().terminal.reset();
    builder.outcome(Outcome::aborted);
    EXPECT_EQ(kind_of(builder), BufferingKind::none);
}

TEST(DetectorEdgeCases, TakesARequestThatWasNeverSent) {
    EXPECT_EQ(kind_of(TimelineBuilder().never_sent()), BufferingKind::insufficient);
}

TEST(DetectorEdgeCases, CannotTellFromPingsOnly) {
    TimelineBuilder builder;
    for (int i = 1; i <= 20; ++i)
        builder.read(i * 400ms);
    builder.raw().pings = 20;
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::insufficient);
    EXPECT_EQ(verdict.evidence, "20 pings and no token event came");
}

TEST(DetectorEdgeCases, SeesThroughPingsBetweenBursts) {
    TimelineBuilder builder;
    for (int i = 1; i <= 10; ++i) {
        for (const auto ping : {-200ms, -100ms})
            builder.read(i * 300ms + ping);
        builder.read(i * 300ms).events(10 + i % 3);
    }
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::timer);
    EXPECT_EQ(verdict.timer_period, 300ms);
}

TEST(DetectorEdgeCases, DoesNotBlameThePathForOneHugeEvent) {
    auto builder = TimelineBuilder().steady_tokens(20, 100ms, 20ms);
    for (int i = 0; i < 64; ++i) {
        builder.read(520ms + i * 1ms, 0ns, StampSource::kernel, i < 63);
        builder.raw().reads.back().wire_bytes = 16384;
    }
    builder.event(TokenKind::answer, 0, 100);
    for (int i = 0; i < 20; ++i)
        builder.token(620ms + i * 20ms);
    EXPECT_EQ(kind_of(builder), BufferingKind::none);
}

TEST(DetectorEdgeCases, LeavesOutWhatTheClientBlurred) {
    auto builder = TimelineBuilder().steady_tokens(40, 100ms, 20ms);
    builder.read(1100ms, 190ms).events(10);
    for (int i = 0; i < 40; ++i)
        builder.token(1120ms + i * 20ms);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::none);
    EXPECT_THAT(verdict.evidence, HasSubstr("80 events came in 80 bursts"));
}

TEST(DetectorEdgeCases, CannotTellWhereTheClientBlurredMost) {
    TimelineBuilder builder;
    for (int i = 1; i <= 10; ++i)
        builder.read(i * 300ms, 290ms).events(15);
    builder.tokens({3020ms, 3040ms, 3060ms, 3080ms, 3100ms, 3120ms, 3140ms});
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::insufficient);
    EXPECT_EQ(verdict.evidence, "this client blurred the arrival of 150 of 157 token events");
}

TEST(DetectorEdgeCases, FindsFullBuffering) {
    TimelineBuilder builder;
    builder.headers(5ms).read(2100ms).events(60).read(2101ms).events(40);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::full);
    EXPECT_TRUE(verdict.is_buffered());
    EXPECT_EQ(verdict.estimated_hold, 1995ms);
    EXPECT_EQ(verdict.evidence, "100 % of 100 events came within 1ms, 2.1s after the request");
}

TEST(DetectorEdgeCases, FindsFullBufferingThatDrainsSlowly) {
    TimelineBuilder builder;
    for (const auto arrival : {2060ms, 2080ms, 2100ms})
        builder.read(arrival).events(33);
    EXPECT_EQ(kind_of(builder), BufferingKind::full);
}

TEST(DetectorEdgeCases, DoesNotBlameACacheForAnsweringAtOnce) {
    TimelineBuilder builder;
    builder.read(3ms).events(100);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::instant);
    EXPECT_FALSE(verdict.is_buffered());
}

TEST(DetectorEdgeCases, DoesNotTakeTheFirstBytesOfGzipForAToken) {
    TimelineBuilder builder;
    builder.raw().content_encoding = "gzip";
    builder.read(3ms);
    builder.raw().reads.back().wire_bytes = 15;
    builder.read(2100ms).events(100);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::compression);
    EXPECT_THAT(verdict.evidence, HasSubstr("2.1s after the request"));
}

TEST(DetectorEdgeCases, FindsACompressorThatFlushesNowAndThen) {
    auto builder = bursts_of(5, 30, 600ms);
    builder.raw().content_encoding = "br";
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::compression);
    EXPECT_THAT(verdict.evidence, HasSubstr("compressed"));
}

TEST(DetectorEdgeCases, PassesACompressorThatFlushesEachToken) {
    auto builder = TimelineBuilder().steady_tokens(100, 100ms, 20ms);
    builder.raw().content_encoding = "gzip";
    EXPECT_EQ(kind_of(builder), BufferingKind::none);
}

TEST(DetectorEdgeCases, NamesTheSizeOfBlocks) {
    for (const std::uint64_t size : {1024, 4096, 8192, 16384}) {
        const auto verdict = detect_buffering(blocks_of(size, 400, 258, 20ms).build());
        EXPECT_EQ(verdict.kind, BufferingKind::block) << size;
        EXPECT_EQ(verdict.block_bytes, size);
        EXPECT_THAT(verdict.evidence, ContainsRegex("blocks end inside an event [0-9]+ of [0-9]+ times"));
    }
}

TEST(DetectorEdgeCases, TakesABlockALittleBelowAPowerOfTwoForTheWholeBuffer) {
    EXPECT_EQ(detect_buffering(blocks_of(4096 - 150, 400, 258, 20ms).build()).block_bytes, 4096u);
}

TEST(DetectorEdgeCases, LeavesAnOddBlockSizeAsItIs) {
    EXPECT_EQ(detect_buffering(blocks_of(3000, 400, 258, 20ms).build()).block_bytes, 3000u);
}

TEST(DetectorEdgeCases, TakesTheFirstBlockWhereLaterOnesAreSeveral) {
    TimelineBuilder builder;
    for (const auto& [arrival, events, bytes] :
         {std::tuple{850ms, 31, 8040u}, {1600ms, 63, 16392u}, {2350ms, 56, 14719u}}) {
        builder.read(arrival, 0ns, StampSource::kernel, arrival < 2s).events(events);
        builder.raw().reads.back().wire_bytes = bytes;
    }
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::block);
    EXPECT_EQ(verdict.block_bytes, 8192u);
}

TEST(DetectorEdgeCases, TakesTheChunkForTheBufferWhereEachBlockIsOne) {
    // Seven bytes of framing on 1024 are too much for the burst itself to look like a power of two.
    auto builder = blocks_of(1031, 100, 258, 20ms);
    EXPECT_EQ(detect_buffering(builder.build()).block_bytes, 1031u);
    builder.raw().http_chunks.assign(25, 1024);
    EXPECT_EQ(detect_buffering(builder.build()).block_bytes, 1024u);
}

TEST(DetectorEdgeCases, TakesTheChunkForTheBufferWhereBlocksAreFew) {
    TimelineBuilder builder;
    for (const auto arrival : {850ms, 1600ms, 2350ms}) {
        builder.read(arrival, 0ns, StampSource::kernel, arrival < 2s).events(31);
        builder.raw().reads.back().wire_bytes = 8208;
    }
    EXPECT_EQ(detect_buffering(builder.build()).block_bytes, 8192u);
    builder.raw().http_chunks.assign(6, 4096);
    EXPECT_EQ(detect_buffering(builder.build()).block_bytes, 4096u);
}

/// `first` events of 265 bytes in one read at `arrival`, then 100 one by one.
TimelineBuilder lump_first(int first, nanoseconds arrival, nanoseconds gap) {
    TimelineBuilder builder;
    builder.read(arrival).events(first);
    builder.raw().reads.back().wire_bytes = static_cast<std::uint32_t>(first * 265);
    for (int i = 1; i <= 100; ++i)
        builder.read(arrival + i * gap).events(1);
    return builder;
}

TEST(DetectorEdgeCases, FindsABufferThatIsLetGoOnce) {
    const auto verdict = detect_buffering(lump_first(57, 1240ms, 20ms).build());
    EXPECT_EQ(verdict.kind, BufferingKind::block);
    EXPECT_EQ(verdict.block_bytes, 57u * 265);
    EXPECT_EQ(verdict.estimated_hold, 1120ms);
    EXPECT_EQ(verdict.evidence,
              "the first 57 of 157 events came at once, 15105 bytes 1.24s after the request; then they came "
              "20ms apart");
    EXPECT_EQ(detect_buffering(lump_first(62, 1400ms, 20ms).build()).block_bytes, 16384u);
}

TEST(DetectorEdgeCases, DoesNotBlameThePathForAQuickStart) {
    EXPECT_EQ(kind_of(lump_first(57, 300ms, 20ms)), BufferingKind::none) << "too early to have been held";
    EXPECT_EQ(kind_of(lump_first(7, 1240ms, 30ms)), BufferingKind::none) << "a few tokens at first";
    EXPECT_EQ(kind_of(lump_first(9, 1240ms, 12ms)), BufferingKind::none) << "held but briefly";
}

TEST(DetectorEdgeCases, LetsBlocksPassThatHoldTokensBriefly) {
    const auto verdict = detect_buffering(blocks_of(1024, 400, 258, 3ms).build());
    EXPECT_EQ(verdict.kind, BufferingKind::none);
    EXPECT_THAT(verdict.evidence, HasSubstr("briefly"));
}

TEST(DetectorEdgeCases, NamesATimerWhereCountsVary) {
    TimelineBuilder builder;
    for (int i = 1; i <= 12; ++i)
        builder.read(i * 250ms).events(9 + i * 7 % 5);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::timer);
    EXPECT_EQ(verdict.timer_period, 250ms);
    EXPECT_FALSE(verdict.window_tokens);
    EXPECT_THAT(verdict.evidence, HasSubstr("250ms apart"));
}

TEST(DetectorEdgeCases, NamesATimerAlthoughTheModelPausedOnce) {
    TimelineBuilder builder;
    for (int i = 1; i <= 12; ++i)
        builder.read(i * 250ms + (i > 6 ? 2s : 0s)).events(9 + i * 7 % 5);
    EXPECT_EQ(detect_buffering(builder.build()).timer_period, 250ms);
    EXPECT_EQ(kind_of(builder), BufferingKind::timer);
}

TEST(DetectorEdgeCases, DoesNotTakeATimerForBlocksBecauseSomeBurstsEndInsideAnEvent) {
    TimelineBuilder builder;
    for (int i = 1; i <= 12; ++i)
        builder.read(i * 250ms, 0ns, StampSource::kernel, i % 4 == 0).events(9 + i * 7 % 5);
    EXPECT_EQ(kind_of(builder), BufferingKind::timer);
}

TEST(DetectorEdgeCases, NamesATokenWindowWhereGapsVary) {
    TimelineBuilder builder;
    nanoseconds arrival = 100ms;
    for (int i = 1; i <= 12; ++i)
        builder.read(arrival += 100ms + i * 5 % 12 * 60ms).events(20);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::token_window);
    EXPECT_EQ(verdict.window_tokens, 20u);
    EXPECT_FALSE(verdict.timer_period);
}

TEST(DetectorEdgeCases, SaysEitherWhereCountsAndGapsAreEven) {
    const auto verdict = detect_buffering(bursts_of(12, 20, 400ms).build());
    EXPECT_EQ(verdict.kind, BufferingKind::timer_or_window);
    EXPECT_EQ(verdict.timer_period, 400ms);
    EXPECT_EQ(verdict.window_tokens, 20u);
    EXPECT_TRUE(verdict.is_buffered());
}

TEST(DetectorEdgeCases, NamesNoWindowFromTwoBursts) {
    const auto verdict = detect_buffering(bursts_of(2, 20, 1s).build());
    EXPECT_EQ(verdict.kind, BufferingKind::timer_or_window);
    EXPECT_FALSE(verdict.window_tokens);
    EXPECT_EQ(verdict.evidence, "40 events came in 2 bursts, the first of 2000 bytes, 1s apart");
}

TEST(DetectorEdgeCases, DoesNotCallShortGroupsBuffering) {
    const auto verdict = detect_buffering(bursts_of(30, 3, 50ms).build());
    EXPECT_EQ(verdict.kind, BufferingKind::unclear);
    EXPECT_FALSE(verdict.is_buffered());
    EXPECT_THAT(verdict.evidence, HasSubstr("90 events came in 30 bursts"));
}

TEST(DetectorEdgeCases, SaysUnclearWhereNothingIsRegular) {
    TimelineBuilder builder;
    nanoseconds arrival = 100ms;
    for (int i = 1; i <= 12; ++i)
        builder.read(arrival += 150ms + i * 5 % 12 * 90ms).events(8 + i * 7 % 12);
    EXPECT_EQ(kind_of(builder), BufferingKind::unclear);
}

TEST(DetectorEdgeCases, TakesAFastStreamAsItIs) {
    EXPECT_EQ(kind_of(TimelineBuilder().steady_tokens(500, 200ms, 1ms)), BufferingKind::none);
}

TEST(DetectorEdgeCases, DoesNotBlameThePathForAPauseOfTheModel) {
    auto builder = TimelineBuilder().steady_tokens(50, 100ms, 20ms);
    for (int i = 0; i < 50; ++i)
        builder.token(4s + i * 20ms);
    EXPECT_EQ(kind_of(builder), BufferingKind::none);
}

TEST(DetectorEdgeCases, CannotTellFromStampsOutOfOrder) {
    auto builder = TimelineBuilder().steady_tokens(50, 100ms, 20ms);
    std::swap(builder.raw().reads[10].arrival, builder.raw().reads[20].arrival);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::insufficient);
    EXPECT_THAT(verdict.evidence, HasSubstr("arrival stamps run backwards by 180.0 ms at read 12 of 50"));
}

TEST(DetectorEdgeCases, DoesNotOverflowOnStampsOfAnyValue) {
    const auto stamps = {Moment::min(), Moment{}, TimelineBuilder::run_start, Moment::max()};
    for (const auto first : stamps) {
        for (const auto second : stamps) {
            auto builder = TimelineBuilder().steady_tokens(12, 100ms, 20ms);
            builder.raw().sent = first;
            builder.raw().reads[0].arrival = second;
            builder.raw().reads[11].arrival = second;
            builder.raw().reads[11].wire_bytes = (1u << 30) - 1;
            builder.raw().http_chunks.assign(3, ~std::uint32_t{0});
            const auto verdict = detect_buffering(builder.build());
            EXPECT_FALSE(verdict.evidence.empty());
            EXPECT_FALSE(verdict.is_buffered());
        }
    }
}

TEST(DetectorEdgeCases, CannotTellFromABurstThatMayNotBeTheLast) {
    TimelineBuilder builder;
    builder.read(2s).events(100);
    builder.raw().end.reset();
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::insufficient);
    EXPECT_THAT(verdict.evidence, HasSubstr("had not ended"));
}

TEST(DetectorEdgeCases, CannotTellFromOneHugeEvent) {
    TimelineBuilder builder;
    for (int i = 0; i < 64; ++i)
        builder.read(2s + i * 1ms, 0ns, StampSource::kernel, i < 63);
    builder.event(TokenKind::answer, 0, 1'000'000);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::insufficient);
    EXPECT_EQ(verdict.evidence, "1 token events are too few to tell");
}

TEST(DetectorEdgeCases, TakesSeveralEncodingsForCompression) {
    for (const auto* encoding : {"gzip, br", "identity, gzip", "x-unknown"}) {
        TimelineBuilder builder;
        builder.raw().content_encoding = encoding;
        builder.read(2100ms).events(100);
        EXPECT_EQ(kind_of(builder), BufferingKind::compression) << encoding;
    }
    TimelineBuilder builder;
    builder.raw().content_encoding = "identity";
    builder.read(2100ms).events(100);
    EXPECT_EQ(kind_of(builder), BufferingKind::full);
}

TEST(DetectorEdgeCases, TakesADeclaredDocumentForAnOriginThatDoesNotStream) {
    TimelineBuilder builder;
    builder.raw().response_headers = {{"Content-Type", "application/json"}, {"Content-Length", "25000"}};
    builder.read(2100ms).events(100);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::not_streamed);
    EXPECT_TRUE(verdict.is_buffered());
    builder.raw().response_headers[0].second = "text/event-stream";
    EXPECT_EQ(kind_of(builder), BufferingKind::full);
}

TEST(DetectorEdgeCases, BelievesTheHeaderOfACache) {
    TimelineBuilder builder;
    builder.raw().response_headers = {{"X-Cache", "HIT from edge"}};
    builder.read(400ms).events(100);
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::instant);
    EXPECT_THAT(verdict.evidence, HasSubstr("from a cache"));
    builder.raw().response_headers[0].second = "MISS";
    EXPECT_EQ(kind_of(builder), BufferingKind::full);
}

TEST(DetectorEdgeCases, SaysWindowOrSizeWhereASegmentMayBeWhatFills) {
    // Six events of 266 bytes are the first to reach the 1448 bytes of a TCP segment.
    TimelineBuilder builder;
    nanoseconds arrival = 100ms;
    for (int i = 1; i <= 14; ++i) {
        builder.read(arrival += 150ms + i * 5 % 12 * 60ms);
        for (int event = 0; event < 6; ++event)
            builder.event(TokenKind::answer, 0, 266);
    }
    const auto verdict = detect_buffering(builder.build());
    EXPECT_EQ(verdict.kind, BufferingKind::block_or_window);
    EXPECT_EQ(verdict.window_tokens, 6u);
    EXPECT_EQ(verdict.block_bytes, 1596u);
}

TEST(DetectorEdgeCases, GradesByHowLongTokensWereHeld) {
    EXPECT_EQ(detect_buffering(TimelineBuilder().steady_tokens(100, 100ms, 20ms).build()).severity,
              BufferingSeverity::none);
    EXPECT_EQ(detect_buffering(bursts_of(12, 20, 400ms).build()).severity, BufferingSeverity::noticeable);
    EXPECT_EQ(detect_buffering(bursts_of(12, 20, 2s).build()).severity, BufferingSeverity::severe);
    EXPECT_EQ(detect_buffering(blocks_of(1024, 400, 258, 12ms).build()).severity, BufferingSeverity::slight);
}

TEST(DetectorEdgeCases, ShowsHowManyBurstsEachRuleExplains) {
    TimelineBuilder builder;
    for (int i = 1; i <= 12; ++i)
        builder.read(i * 250ms).events(9 + i * 7 % 5);
    EXPECT_THAT(
        detect_buffering(builder.build()).evidence,
        HasSubstr("a timer of 250ms explains 10 of 10 bursts between the first and the last, a window "
                  "of 9 tokens 2"));
}

}  // namespace
}  // namespace streamgauge::report
