#include "report/summary/metric.h"

#include "tests/report/summary/run_fixture.h"

#include <gmock/gmock.h>

#include <vector>

namespace streamgauge::report {
namespace {

using namespace testing;
using Kind = Sample::Kind;

Kind kind(Metric metric, const RequestMetrics& request) {
    return sample_of(metric, request).kind;
}

RequestMetrics with_outcome(Outcome outcome) {
    auto request = completed_request();
    request.outcome = outcome;
    return request;
}

std::vector<Outcome> all_outcomes() {
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < outcome_count; ++i)
        outcomes.push_back(static_cast<Outcome>(i));
    return outcomes;
}

TEST(WhoCountsWhere, TtftOfEveryStreamThatHadAFirstTokenWhateverItsOutcome) {
    for (const Outcome outcome : all_outcomes()) {
        EXPECT_EQ(kind(Metric::ttft, with_outcome(outcome)), Kind::measured) << to_string(outcome);
    }
}

TEST(WhoCountsWhere, ATimeoutBeforeTheFirstTokenIsCensored) {
    const auto request = failed_request(Outcome::timeout_first_token, 10s);
    for (const auto metric : {Metric::ttft, Metric::ttft_sent, Metric::ttfa}) {
        const Sample sample = sample_of(metric, request);
        EXPECT_EQ(sample.kind, Kind::censored) << to_string(metric);
        EXPECT_EQ(sample.value, 10s);
    }
}

TEST(WhoCountsWhere, CensoredTtftSentCountsFromSent) {
    auto request = failed_request(Outcome::timeout_first_token, 10'050ms);
    request.schedule_lag = 1ms;
    request.connection_wait = 19ms;
    request.connect = 30ms;
    EXPECT_EQ(sample_of(Metric::ttft_sent, request).value, 10s);
    EXPECT_EQ(sample_of(Metric::ttft, request).value, 10'050ms);
}

TEST(WhoCountsWhere, ARequestThatNeverWasSentIsNotCensoredFromSent) {
    auto request = failed_request(Outcome::timeout_connect, 2s);
    request.schedule_lag.reset();
    EXPECT_EQ(kind(Metric::ttft, request), Kind::censored) << "its user waited, too";
    EXPECT_EQ(kind(Metric::ttft_sent, request), Kind::none);
    EXPECT_EQ(kind(Metric::headers, request), Kind::none);
}

TEST(WhoCountsWhere, AFailureIsNotAWait) {
    for (const Outcome outcome : all_outcomes()) {
        if (is_timeout(outcome)) continue;
        EXPECT_EQ(kind(Metric::ttft, failed_request(outcome)), Kind::none) << to_string(outcome);
        EXPECT_EQ(kind(Metric::e2e, failed_request(outcome)), Kind::none) << to_string(outcome);
    }
}

TEST(WhoCountsWhere, E2eOfCompletedStreamsWithTimeoutsCensored) {
    for (const Outcome outcome : all_outcomes()) {
        const Kind expected = outcome == Outcome::completed ? Kind::measured
                              : is_timeout(outcome)         ? Kind::censored
                                                            : Kind::none;
        EXPECT_EQ(kind(Metric::e2e, with_outcome(outcome)), expected) << to_string(outcome);
    }
    auto stalled = with_outcome(Outcome::timeout_stall);
    stalled.total = 60s;
    EXPECT_EQ(sample_of(Metric::e2e, stalled).value, 60s) << "not where its last token came";
}

TEST(WhoCountsWhere, LatenciesOfErrorResponsesEnterNothing) {
    for (const auto& error :
         {failed_request(Outcome::http_error, 50ms, 500), failed_request(Outcome::http_error, 50ms, 429),
          failed_request(Outcome::malformed, 50ms, 200), failed_request(Outcome::error_event, 50ms, 200)}) {
        for (const auto metric : {Metric::ttft, Metric::ttft_sent, Metric::ttfa, Metric::ttfb,
                                  Metric::headers, Metric::tpot, Metric::e2e, Metric::max_gap}) {
            EXPECT_EQ(kind(metric, error), Kind::none)
                << to_string(error.outcome) << ' ' << to_string(metric);
        }
        EXPECT_EQ(kind(Metric::schedule_lag, error), Kind::measured) << "how we sent it is our own figure";
    }
}

TEST(WhoCountsWhere, AnErrorEventAfterTokensIsAStreamThatCameThatFar) {
    EXPECT_EQ(kind(Metric::ttfb, with_outcome(Outcome::error_event)), Kind::measured);
    EXPECT_EQ(kind(Metric::max_gap, with_outcome(Outcome::error_event)), Kind::measured);
}

TEST(WhoCountsWhere, TpotOfCompletedStreams) {
    for (const Outcome outcome : all_outcomes()) {
        const Kind expected = outcome == Outcome::completed ? Kind::measured : Kind::none;
        EXPECT_EQ(kind(Metric::tpot, with_outcome(outcome)), expected) << to_string(outcome);
    }
}

TEST(WhoCountsWhere, WhatWasNotMeasuredIsNotZero) {
    RequestMetrics empty;
    empty.outcome = Outcome::completed;
    for (std::size_t i = 0; i < metric_count; ++i) {
        EXPECT_EQ(kind(static_cast<Metric>(i), empty), Kind::none) << metric_names[i];
    }
}

TEST(WhoCountsWhere, ConnectionFiguresOfEveryRequestThatConnected) {
    auto request = failed_request(Outcome::tls_failed);
    request.resolve = 1ms;
    request.connect = 2ms;
    EXPECT_EQ(sample_of(Metric::resolve, request).value, 1ms);
    EXPECT_EQ(sample_of(Metric::connect, request).value, 2ms);
    EXPECT_EQ(kind(Metric::tls, request), Kind::none);
}

TEST(WhoCountsWhere, HoldIsTheP95WithinAStream) {
    auto request = completed_request();
    request.hold_p50 = 1ms;
    request.hold_p95 = 5ms;
    request.hold_max = 9ms;
    request.buffering.estimated_hold = 7ms;
    EXPECT_EQ(sample_of(Metric::hold, request).value, 5ms);
    EXPECT_EQ(sample_of(Metric::hold_estimated, request).value, 7ms);
}

}  // namespace
}  // namespace streamgauge::report
