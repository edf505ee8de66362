#include "bench/calibrate/stamp_error.h"

#include <gmock/gmock.h>

namespace streamgauge::calibrate {
namespace {

using namespace std::chrono_literals;
using report::Moment;
using report::StreamTimeline;

constexpr Moment zero{};

/// A stream that was sent at 1 s and reached the server 100 us later. Its first token was written 200 ms
/// after that and arrived `ttft_error` - 100 us later than it was written; then one token every 10 ms.
StreamTimeline stream(nanoseconds token_error, int tokens = 3) {
    StreamTimeline timeline;
    timeline.outcome = report::Outcome::completed;
    timeline.intended = zero + 1s;
    timeline.sent = zero + 1s;
    const nanoseconds received = 1s + 100us;
    for (int i = 0; i < tokens; ++i) {
        const nanoseconds written = received + 200ms + i * 10ms;
        timeline.reads.emplace_back(zero + written + token_error, zero + written, 100);
        timeline.tokens.push_back({static_cast<std::uint32_t>(i), 0, 100, 0, report::TokenKind::answer});
        timeline.stamps.push_back({written, received});
    }
    timeline.first_token_lag = 5us;
    return timeline;
}

TEST(StampError, ComparesEachArrivalWithItsStamp) {
    StampError error(zero, zero + 100s, 10);
    error.on_timeline(stream(20us));
    EXPECT_EQ(error.tokens().samples, 3u);
    EXPECT_EQ(error.tokens().mean, 20us);
    EXPECT_EQ(error.tokens().p99, 20us);
    // The way of the request, 100 us, is not the client's to know: it is part of the error.
    EXPECT_EQ(error.ttft().mean, 120us);
    EXPECT_EQ(error.ttft_user().mean, 125us);
    EXPECT_EQ(error.completed(), 1u);
    EXPECT_EQ(error.failed(), 0u);
}

TEST(StampError, LooksOnlyAtItsStretchOfTime) {
    StampError error(zero + 1s + 205ms, zero + 1s + 215ms, 10);
    error.on_timeline(stream(20us));
    EXPECT_EQ(error.tokens().samples, 1u);
    EXPECT_EQ(error.ttft().samples, 0u);
}

TEST(StampError, CountsTokensItCannotPlaceApart) {
    auto timeline = stream(20us);
    timeline.reads[1].set_not_before(timeline.reads[1].arrival - 5ms);
    timeline.tokens[2].read = 1;
    StampError error(zero, zero + 100s, 10);
    error.on_timeline(timeline);
    EXPECT_EQ(error.uncertain(), 2u);
    EXPECT_EQ(error.tokens().samples, 1u);
}

TEST(StampError, CountsWhatFailedAndWhatHasNoStamps) {
    auto failed = stream(20us);
    failed.outcome = report::Outcome::reset;
    auto bare = stream(20us);
    bare.stamps.clear();
    StampError error(zero, zero + 100s, 10);
    error.on_timeline(failed);
    error.on_timeline(bare);
    EXPECT_EQ(error.failed(), 1u);
    EXPECT_EQ(error.completed(), 1u);
    EXPECT_EQ(error.tokens().samples, 3u);
}

TEST(StampError, TakesTheConnectionOutOfTheSendLag) {
    auto timeline = stream(20us);
    timeline.intended = zero + 900ms;
    timeline.connected = zero + 998ms;
    StampError error(zero, zero + 100s, 10);
    error.on_timeline(timeline);
    EXPECT_EQ(error.send_lag_p99(), 2ms);
}

TEST(StampError, MergesToTheSameAsOne) {
    StampError one(zero, zero + 100s, 10), other(zero, zero + 100s, 10), both(zero, zero + 100s, 10);
    one.on_timeline(stream(10us));
    other.on_timeline(stream(30us));
    both.on_timeline(stream(10us));
    both.on_timeline(stream(30us));
    one.merge(other);
    EXPECT_EQ(one.tokens().samples, both.tokens().samples);
    EXPECT_EQ(one.tokens().mean, both.tokens().mean);
    EXPECT_EQ(one.tokens().max, both.tokens().max);
    EXPECT_EQ(one.ttft().p99, both.ttft().p99);
    EXPECT_EQ(one.completed(), both.completed());
}

TEST(ErrorFigures, AreExact) {
    std::vector<nanoseconds> errors;
    for (int i = 200; i > 0; --i)
        errors.emplace_back(i);
    const auto figures = figures_of(errors);
    EXPECT_EQ(figures.samples, 200u);
    EXPECT_EQ(figures.mean, 100ns);
    EXPECT_EQ(figures.p99, 198ns);
    EXPECT_EQ(figures.max, 200ns);
}

TEST(ErrorFigures, AreZeroWithoutErrors) {
    std::vector<nanoseconds> none;
    EXPECT_EQ(figures_of(none).samples, 0u);
    EXPECT_EQ(figures_of(none).max, 0ns);
}

}  // namespace
}  // namespace streamgauge::calibrate
