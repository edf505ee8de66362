#include "report/summary/request_metrics.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using testing::TimelineBuilder;

RequestMetrics measure(const TimelineBuilder& builder, const scenarios::Scenario& scenario = {}) {
    return measure_request(builder.build(), scenario, TimelineBuilder::run_start, 1'700'000'000'000'000'000);
}

std::vector<nanoseconds> gaps_of(const TimelineBuilder& builder) {
    std::vector<nanoseconds> gaps;
    for_each_gap(builder.build(), [&](nanoseconds gap) { gaps.push_back(gap); });
    return gaps;
}

TEST(RequestMetrics, CountFromIntendedOrFromSent) {
    TimelineBuilder builder;
    builder.intended(5s).sent(5s + 30ms).headers(5s + 80ms).first_byte(5s + 90ms);
    builder.read(5s + 230ms).event(TokenKind::reasoning).token(5s + 430ms).token(5s + 530ms).end(5s + 540ms);
    const auto metrics = measure(builder);
    EXPECT_EQ(metrics.start, 5s);
    EXPECT_EQ(metrics.start_unix_ns, 1'700'000'005'000'000'000);
    EXPECT_THAT(metrics.ttft, Optional(nanoseconds(230ms)));
    EXPECT_THAT(metrics.ttft_sent, Optional(nanoseconds(200ms)));
    EXPECT_THAT(metrics.ttfa, Optional(nanoseconds(430ms)));
    EXPECT_THAT(metrics.headers, Optional(nanoseconds(50ms)));
    EXPECT_THAT(metrics.ttfb, Optional(nanoseconds(60ms)));
    EXPECT_THAT(metrics.e2e, Optional(nanoseconds(530ms)));
    EXPECT_THAT(metrics.last_token_sent, Optional(nanoseconds(500ms)));
    EXPECT_THAT(metrics.total, Optional(nanoseconds(540ms)));
    EXPECT_EQ(metrics.token_events, 3U);
}

TEST(RequestMetrics, LeaveEmptyWhatNeverCame) {
    TimelineBuilder builder;
    builder.outcome(Outcome::connect_failed).never_sent();
    const auto metrics = measure(builder);
    for (const auto& figure :
         {metrics.ttft, metrics.ttft_sent, metrics.ttfa, metrics.ttfb, metrics.headers, metrics.tpot,
          metrics.e2e, metrics.last_token_sent, metrics.schedule_lag, metrics.resolve, metrics.connect,
          metrics.tls, metrics.max_gap, metrics.total}) {
        EXPECT_FALSE(figure);
    }
    EXPECT_FALSE(metrics.jank);
    EXPECT_FALSE(metrics.fluidity);
    EXPECT_FALSE(metrics.hold_p95);
    EXPECT_FALSE(metrics.events_per_read);
}

TEST(RequestMetrics, OnlyAnswerTextIsAnAnswer) {
    TimelineBuilder builder;
    builder.token(10ms, TokenKind::tool_call).token(20ms, TokenKind::refusal);
    EXPECT_FALSE(measure(builder).ttfa);
    EXPECT_THAT(measure(builder).ttft, Optional(nanoseconds(10ms)));
}

TEST(RequestMetrics, ConnectionSetUpIsInTtftButNotInTheScheduleLag) {
    TimelineBuilder builder;
    builder.sent(48ms).token(248ms);
    auto& raw = builder.raw();
    raw.new_connection = true;
    raw.connection_wait = 5ms;
    raw.connect_start = TimelineBuilder::at(6ms);
    raw.resolved = TimelineBuilder::at(8ms);
    raw.connected = TimelineBuilder::at(18ms);
    raw.tls_done = TimelineBuilder::at(47ms);
    raw.send_done = TimelineBuilder::at(48ms + 20us);
    const auto metrics = measure(builder);
    EXPECT_THAT(metrics.ttft, Optional(nanoseconds(248ms)));
    EXPECT_THAT(metrics.ttft_sent, Optional(nanoseconds(200ms)));
    EXPECT_THAT(metrics.connection_wait, Optional(nanoseconds(5ms)));
    EXPECT_THAT(metrics.resolve, Optional(nanoseconds(2ms)));
    EXPECT_THAT(metrics.connect, Optional(nanoseconds(10ms)));
    EXPECT_THAT(metrics.tls, Optional(nanoseconds(29ms)));
    EXPECT_THAT(metrics.send, Optional(nanoseconds(20us)));
    EXPECT_THAT(metrics.schedule_lag, Optional(nanoseconds(2ms))) << "48 - 5 waiting - 41 setting up";
}

TEST(RequestMetrics, EndsWithAnAgeAndASilence) {
    TimelineBuilder builder;
    builder.sent(10ms).tokens({110ms, 130ms, 630ms, 650ms}).end(31s);
    const auto metrics = measure(builder);
    EXPECT_THAT(metrics.age, Optional(nanoseconds(30990ms)));
    EXPECT_THAT(metrics.silence, Optional(nanoseconds(30350ms)));
    EXPECT_THAT(metrics.longest_silence, Optional(nanoseconds(500ms)));
}

TEST(RequestMetrics, AResponseWithoutABodyIsSilentFromTheStart) {
    TimelineBuilder builder;
    builder.sent(10ms).end(60'010ms);
    const auto metrics = measure(builder);
    EXPECT_THAT(metrics.silence, Optional(nanoseconds(60s)));
    EXPECT_THAT(metrics.longest_silence, Optional(nanoseconds(0)));
    EXPECT_FALSE(measure(TimelineBuilder().never_sent()).age);
}

TEST(RequestMetrics, ScheduleLagWithoutAConnectionIsAllOfTheDelay) {
    TimelineBuilder builder;
    builder.sent(3ms).token(10ms);
    EXPECT_THAT(measure(builder).schedule_lag, Optional(nanoseconds(3ms)));
    EXPECT_FALSE(measure(builder).connect);
    EXPECT_FALSE(measure(builder).connection_wait);
}

// Five events 100 ms apart: 400 ms between the first token and the last.
TEST(RequestMetrics, TpotDividesByStreamedTokensLessThoseOfTheFirstEvent) {
    struct Case {
        const char* name;
        std::optional<std::uint64_t> output, reasoning;
        std::uint32_t in_first;
        TokenKind kind;
        std::optional<nanoseconds> tpot;
        bool from_usage;
    };
    for (const Case& c : {
             Case{"events", {}, {}, 0, TokenKind::answer, 100ms, false},
             Case{"events, although the first says five tokens", {}, {}, 5, TokenKind::answer, 100ms, false},
             Case{"usage", 21, {}, 0, TokenKind::answer, 20ms, true},
             Case{"usage and first event", 21, {}, 5, TokenKind::answer, 25ms, true},
             Case{"reasoning never streamed", 41, 20, 0, TokenKind::answer, 20ms, true},
             Case{"reasoning streamed", 41, 20, 0, TokenKind::reasoning, 10ms, true},
             Case{"denominator 0", 5, {}, 5, TokenKind::answer, {}, true},
             Case{"more reasoning than output", 5, 50, 0, TokenKind::answer, {}, true},
             Case{"denominator 1", 6, {}, 5, TokenKind::answer, 400ms, true},
         }) {
        TimelineBuilder builder;
        builder.token(1s, c.kind, c.in_first);
        builder.tokens({1100ms, 1200ms, 1300ms, 1400ms});
        builder.raw().output_tokens = c.output;
        builder.raw().reasoning_tokens = c.reasoning;
        const auto metrics = measure(builder);
        EXPECT_EQ(metrics.tpot, c.tpot) << c.name;
        EXPECT_EQ(metrics.tokens_from_usage, c.from_usage) << c.name;
    }
}

TEST(RequestMetrics, TpotOfOneEventIsAbsent) {
    TimelineBuilder builder;
    builder.token(1s);
    EXPECT_FALSE(measure(builder).tpot);
}

TEST(RequestMetrics, GapsKeepZerosAndAreNotSmeared) {
    TimelineBuilder builder;
    builder.token(100ms).read(150ms).event(TokenKind::answer, 7).event().event().token(250ms);
    EXPECT_THAT(gaps_of(builder), ElementsAre(50ms, 0ms, 0ms, 100ms));
    const auto metrics = measure(builder);
    EXPECT_THAT(metrics.max_gap, Optional(nanoseconds(100ms)));
    EXPECT_THAT(metrics.events_per_read, Optional(5.0 / 3.0));
}

TEST(RequestMetrics, GapsThatTouchAClientUncertainEventAreLeftOut) {
    TimelineBuilder builder;
    builder.tokens({100ms, 120ms});
    builder.read(3s, 2s).events(4);  // the client slept
    builder.tokens({3020ms, 3040ms});
    EXPECT_THAT(gaps_of(builder), ElementsAre(20ms, 20ms));
    const auto metrics = measure(builder);
    EXPECT_EQ(metrics.uncertain_events, 4U);
    EXPECT_EQ(metrics.token_events, 8U);
    EXPECT_THAT(metrics.max_gap, Optional(nanoseconds(20ms)));
    EXPECT_EQ(metrics.stalls, 0U) << "a stall of the client is not the server's";
}

TEST(RequestMetrics, OneEventInAWideReadKeepsItsKernelStamp) {
    TimelineBuilder kernel, user;
    kernel.token(100ms).read(300ms, 190ms).event();
    user.token(100ms).read(300ms, 190ms, StampSource::user).event();
    EXPECT_THAT(gaps_of(kernel), ElementsAre(200ms));
    EXPECT_EQ(measure(kernel).uncertain_events, 0U);
    EXPECT_THAT(gaps_of(user), IsEmpty());
    EXPECT_EQ(measure(user).uncertain_events, 1U);
}

TEST(RequestMetrics, ManyEventsInANarrowReadWereGroupedByThePath) {
    TimelineBuilder builder;
    builder.token(100ms).read(200ms, 1ms).events(3);
    EXPECT_THAT(gaps_of(builder), ElementsAre(100ms, 0ms, 0ms));
    EXPECT_EQ(measure(builder).uncertain_events, 0U);
}

TEST(RequestMetrics, StallsAreGapsLongerThanTheBudget) {
    TimelineBuilder builder;
    builder.tokens({0ms, 1000ms, 2001ms, 4001ms});
    EXPECT_EQ(measure(builder).stalls, 2U);
    scenarios::Scenario patient;
    patient.budgets.stall = 1500ms;
    EXPECT_EQ(measure(builder, patient).stalls, 1U);
}

// ttft 1.2 s is 200 over and misses 3; the gap of 350 misses 3; the burst of three leaves slack for 250.
TEST(RequestMetrics, JankAndFluidityByHand) {
    TimelineBuilder builder;
    builder.token(1200ms).read(1550ms).events(3).token(1800ms);
    const auto metrics = measure(builder);
    EXPECT_THAT(metrics.jank, Optional(::testing::DoubleEq((200.0 + 250.0 + 150.0) / 1800.0)));
    EXPECT_THAT(metrics.fluidity, Optional(::testing::DoubleEq(3.0 / 9.0)));
}

TEST(RequestMetrics, TokensPerEventComesFromUsage) {
    TimelineBuilder builder;
    builder.tokens({10ms, 20ms}).usage(9);
    EXPECT_THAT(measure(builder).tokens_per_event, Optional(4.5));
    TimelineBuilder unknown;
    unknown.tokens({10ms, 20ms});
    EXPECT_FALSE(measure(unknown).tokens_per_event);
}

TEST(RequestMetrics, HoldComesFromServerStamps) {
    TimelineBuilder builder;
    builder.token(10ms).stamp(10ms).token(70ms).stamp(30ms);
    const auto metrics = measure(builder);
    EXPECT_THAT(metrics.hold_p50, Optional(nanoseconds(0ms)));
    EXPECT_THAT(metrics.hold_p95, Optional(nanoseconds(40ms)));
    EXPECT_THAT(metrics.hold_max, Optional(nanoseconds(40ms)));
}

// A stream that was cut may have no end; then the timeout itself says how long the request was waited for.
TEST(RequestMetrics, ARequestThatRanOutOfTimeLastedUntilItsTimeout) {
    scenarios::Scenario scenario;
    scenario.timeouts = {2s, 10s, 5s, 7s, 120s};
    struct Case {
        Outcome outcome;
        nanoseconds total;
    };
    for (const Case& c : {Case{Outcome::timeout_connect, 2s}, Case{Outcome::timeout_first_token, 10s + 1ms},
                          Case{Outcome::timeout_idle, 5s + 20ms}, Case{Outcome::timeout_stall, 7s + 20ms},
                          Case{Outcome::timeout_total, 120s + 1ms}}) {
        TimelineBuilder builder;
        builder.sent(1ms).outcome(c.outcome).token(20ms);
        builder.raw().end.reset();
        EXPECT_THAT(measure(builder, scenario).total, Optional(c.total)) << to_string(c.outcome);
        builder.end(3s);
        EXPECT_THAT(measure(builder, scenario).total, Optional(nanoseconds(3s))) << "its own end wins";
    }
}

TEST(RequestMetrics, AStampAHairBeforeTheSendIsNoTime) {
    TimelineBuilder builder;
    builder.sent(10ms).token(9ms);
    EXPECT_THAT(measure(builder).ttft_sent, Optional(nanoseconds(0ms)));
}

TEST(RequestMetrics, CarriesTheVerdictOnBuffering) {
    TimelineBuilder smooth;
    smooth.steady_tokens(100, 100ms, 20ms);
    EXPECT_EQ(measure(smooth).buffering.kind, BufferingKind::none);
    TimelineBuilder few;
    few.token(10ms);
    EXPECT_EQ(measure(few).buffering.kind, BufferingKind::insufficient);
}

TEST(RequestMetrics, KeepsWhoItWas) {
    TimelineBuilder builder;
    builder.target(3).phase(2).sequence(17).status(429).outcome(Outcome::http_error).detail("busy");
    builder.raw().retry_after = 4s;
    builder.raw().pair_id = "p1";
    const auto metrics = measure(builder);
    EXPECT_EQ(metrics.target, 3U);
    EXPECT_EQ(metrics.phase, 2U);
    EXPECT_EQ(metrics.sequence, 17U);
    EXPECT_EQ(metrics.http_status, 429);
    EXPECT_EQ(metrics.outcome, Outcome::http_error);
    EXPECT_EQ(metrics.detail, "busy");
    EXPECT_EQ(metrics.pair_id, "p1");
    EXPECT_THAT(metrics.retry_after, Optional(nanoseconds(4s)));
}

}  // namespace
}  // namespace streamgauge::report
