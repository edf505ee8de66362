#include "bench/probe/observation.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

#include <array>
#include <vector>

namespace streamgauge::probe {
namespace {

using namespace std::chrono_literals;
using report::BufferingKind;
using report::Outcome;
using report::testing::TimelineBuilder;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Trial trial(const TimelineBuilder& builder, Variant variant = Variant::plain) {
    return {variant, builder.build()};
}

/// A stream that flows: 40 tokens, the first after `first`.
TimelineBuilder flowing(nanoseconds first = 100ms) {
    return TimelineBuilder{}.headers(5ms).steady_tokens(40, first, 20ms);
}

/// The whole answer at once, at `when`.
TimelineBuilder whole(nanoseconds when) {
    return TimelineBuilder{}.read(when).events(40);
}

TEST(Observation, IsEmptyWhereNothingWasTried) {
    EXPECT_FALSE(observe({}, Variant::plain));
    const std::vector trials{trial(flowing(), Variant::gzip)};
    EXPECT_FALSE(observe(trials, Variant::plain));
}

TEST(Observation, TakesTheMediansOfItsStreams) {
    const std::vector trials{trial(flowing(100ms)), trial(flowing(200ms)), trial(flowing(900ms)),
                             trial(whole(3s), Variant::gzip)};
    const auto seen = observe(trials, Variant::plain);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->requests, 3u);
    EXPECT_EQ(seen->answered, 3u);
    EXPECT_EQ(seen->ttft, 200ms);
    EXPECT_EQ(seen->ttfb, 5ms);
    EXPECT_EQ(seen->token_events, 40);
    EXPECT_EQ(seen->event_bytes, 100);
    EXPECT_NEAR(seen->tokens_per_second, 40 / 0.98, 0.1);
    EXPECT_EQ(seen->verdict.kind, BufferingKind::none);
    ASSERT_THAT(seen->arrivals, SizeIs(40));
    EXPECT_EQ(seen->arrivals.front(), 100ms);
}

TEST(Observation, TellsAConnectionUsedAgainFromANewOne) {
    auto fresh = flowing(300ms);
    fresh.raw().new_connection = true;
    fresh.raw().connect_start = TimelineBuilder::at(-50ms);
    fresh.raw().connected = TimelineBuilder::at(-30ms);
    fresh.raw().tls_done = TimelineBuilder::at(-10ms);
    const std::vector trials{trial(fresh), trial(flowing(120ms))};
    const auto seen = observe(trials, Variant::plain);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->connect, 40ms);
    EXPECT_EQ(seen->ttft_reused, 120ms);
}

TEST(Observation, SaysOfItsVerdictWhatOneStreamShowed) {
    const std::vector trials{trial(whole(2s)), trial(whole(2s))};
    const auto seen = observe(trials, Variant::plain);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->verdict.kind, BufferingKind::full);
    EXPECT_THAT(seen->verdict.evidence, ::testing::HasSubstr("40 events came within"));
}

TEST(Observation, CountsWhatBrokeAndWhatWeCut) {
    const std::vector trials{trial(flowing().outcome(Outcome::truncated).detail("it ended. ")),
                             trial(flowing().outcome(Outcome::timeout_total).detail("too long"))};
    const auto seen = observe(trials, Variant::plain);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->broken, 1u);
    EXPECT_EQ(seen->cut, 1u);
    EXPECT_EQ(seen->failed_as, Outcome::truncated);
    EXPECT_EQ(seen->failure, "it ended");
}

/// One block, then our own timeout: the rest may have been on its way, so it is not the whole answer.
TEST(Observation, DoesNotTakeACutAnswerForAWholeOne) {
    const std::vector trials{trial(whole(900ms).outcome(Outcome::timeout_total).end(1s))};
    EXPECT_EQ(observe(trials, Variant::plain)->verdict.kind, BufferingKind::insufficient);
}

TEST(Observation, KeepsTheReasonOfARefusal) {
    TimelineBuilder refused;
    refused.outcome(Outcome::http_error).status(401).detail("HTTP 401: no key");
    refused.raw().response_headers = {{"Content-Type", "Application/JSON"}, {"Server", "nginx/1.22.1"}};
    const std::vector trials{trial(refused)};
    const auto seen = observe(trials, Variant::plain);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->answered, 0u);
    EXPECT_EQ(seen->broken, 0u);
    EXPECT_EQ(seen->failed_status, 401);
    EXPECT_EQ(seen->failure, "HTTP 401: no key");
    EXPECT_EQ(seen->content_type, "application/json");
    EXPECT_THAT(seen->arrivals, IsEmpty());
    ASSERT_THAT(seen->headers, SizeIs(1));
}

TEST(Observation, CountsTokensWhoseTimeTheClientCannotTell) {
    TimelineBuilder late;
    for (int i = 0; i < 10; ++i)
        late.read(100ms + i * 50ms, 5ms, report::StampSource::kernel).events(2);
    const std::vector trials{trial(late)};
    const auto seen = observe(trials, Variant::plain);
    EXPECT_EQ(seen->all_events, 20u);
    EXPECT_EQ(seen->uncertain_events, 20u);
}

TEST(PooledVerdict, LeavesCompressedAnswersOut) {
    auto coded = whole(2s);
    coded.raw().content_encoding = "gzip";
    const std::vector trials{trial(flowing()), trial(coded, Variant::gzip)};
    EXPECT_EQ(pooled_verdict(trials, std::array{Variant::plain, Variant::gzip}).kind, BufferingKind::none);
    EXPECT_EQ(observe(trials, Variant::gzip)->verdict.kind, BufferingKind::compression);
}

TEST(PooledVerdict, LooksAtTheGivenVariantsOnly) {
    const std::vector trials{trial(flowing()), trial(whole(2s), Variant::short_answer)};
    EXPECT_EQ(pooled_verdict(trials, std::array{Variant::short_answer}).kind, BufferingKind::full);
    EXPECT_EQ(pooled_verdict(trials, std::array{Variant::plain}).kind, BufferingKind::none);
    EXPECT_EQ(pooled_verdict(trials, std::array{Variant::gzip}).kind, BufferingKind::insufficient);
}

}  // namespace
}  // namespace streamgauge::probe
