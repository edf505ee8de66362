#include "report/summary/group_counts.h"

#include "tests/report/summary/run_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Optional;
using ::testing::Pair;

GroupSummary summarize(const std::vector<RequestMetrics>& requests) {
    GroupCounts counts(0);
    for (const auto& request : requests)
        counts.add(request, {}, false);
    GroupSummary summary;
    counts.summarize(summary);
    return summary;
}

TEST(GroupCounts, SortsWaitsIntoNielsensBands) {
    const auto summary = summarize({completed_request(0s, 100ms, 100ms), completed_request(0s, 101ms, 1s),
                                    completed_request(0s, 1s, 10s), completed_request(0s, 10s, 11s),
                                    completed_request(0s, 10'001ms, 11s)});
    EXPECT_THAT(summary.ttft_bands, ElementsAre(1, 2, 1, 1));
    EXPECT_THAT(summary.max_gap_bands, ElementsAre(1, 1, 1, 2));
}

TEST(GroupCounts, ARequestThatWasCutAfterTenSecondsWaitedForMore) {
    EXPECT_THAT(summarize({failed_request(Outcome::timeout_first_token, 10s)}).ttft_bands,
                ElementsAre(0, 0, 0, 1));
    EXPECT_THAT(summarize({failed_request(Outcome::reset, 10s)}).ttft_bands, ElementsAre(0, 0, 0, 0));
}

TEST(GroupCounts, SaysWhetherAllTokensCameFromUsage) {
    auto with = completed_request(), without = completed_request();
    with.tokens_from_usage = true;
    with.output_tokens = 33;
    with.tokens_per_event = 3;
    EXPECT_TRUE(summarize({with}).tokens_from_usage);
    EXPECT_FALSE(summarize({with, without}).tokens_from_usage);
    EXPECT_EQ(summarize({with, without}).output_tokens, 44U);
    EXPECT_TRUE(summarize({with, failed_request(Outcome::reset)}).tokens_from_usage)
        << "a stream without tokens has none to count";
    EXPECT_FALSE(summarize({failed_request(Outcome::reset)}).tokens_from_usage);
}

TEST(GroupCounts, AveragesOverEventsNotOverRequests) {
    auto dense = completed_request(), thin = completed_request();
    dense.token_events = 90;
    dense.events_per_read = 9;  // 10 reads
    thin.token_events = 10;
    thin.events_per_read = 1;  // 10 reads
    EXPECT_THAT(summarize({dense, thin}).events_per_read, Optional(DoubleNear(5, 1e-6)));
}

TEST(GroupCounts, AveragesJankAndFluidityOverStreamsWithTokens) {
    auto smooth = completed_request(), rough = completed_request();
    rough.jank = 0.5;
    rough.fluidity = 0.25;
    const auto summary = summarize({smooth, rough, failed_request(Outcome::reset)});
    EXPECT_THAT(summary.jank_mean, Optional(DoubleNear(0.25, 1e-9)));
    EXPECT_THAT(summary.fluidity_mean, Optional(DoubleNear(0.625, 1e-9)));
    EXPECT_FALSE(summarize({failed_request(Outcome::reset)}).jank_mean);
}

TEST(GroupCounts, PoolsBufferingOfStreamsWithTokens) {
    auto held = completed_request();
    held.buffering.kind = BufferingKind::full;
    const auto summary = summarize({held, held, held, completed_request(), failed_request(Outcome::reset)});
    EXPECT_THAT(summary.buffering.streams, ElementsAre(Pair("full", 3), Pair("none", 1)));
    EXPECT_EQ(summary.buffering.verdict.kind, BufferingKind::full);
}

RequestMetrics ended_request(Outcome outcome, nanoseconds age, nanoseconds silence, std::uint64_t tokens) {
    auto request = outcome == Outcome::completed ? completed_request() : failed_request(outcome, age, 200);
    request.age = age;
    request.silence = silence;
    request.longest_silence = 300ms;
    request.token_events = tokens;
    return request;
}

TEST(GroupCounts, FindsATimeoutThatTruncatesStreams) {
    std::vector<RequestMetrics> requests;
    for (std::uint64_t i = 0; i < 10; ++i) {
        requests.push_back(ended_request(Outcome::truncated, 60s, 1ms * i, 900 + i));
        requests.push_back(ended_request(Outcome::completed, 20s, 0ms, 300));
    }
    const auto cut_off = summarize(requests).cut_off;
    ASSERT_TRUE(cut_off);
    EXPECT_EQ(cut_off->kind, CutOffKind::total);
    EXPECT_EQ(cut_off->streams, 10U);
    for (auto& request : requests)
        request.finish_reason = "stop";
    EXPECT_FALSE(summarize(requests).cut_off) << "what finished was not cut, though its end mark is missing";
}

TEST(GroupCounts, TakesAGatewayTimeoutForACutOff) {
    std::vector<RequestMetrics> requests;
    for (int i = 0; i < 5; ++i) {
        requests.push_back(ended_request(Outcome::http_error, 30s, 30s, 0));
        requests.back().http_status = 504;
    }
    EXPECT_EQ(summarize(requests).cut_off->kind, CutOffKind::idle);
    for (auto& request : requests)
        request.http_status = 503;
    EXPECT_FALSE(summarize(requests).cut_off);
}

TEST(GroupCounts, DoesNotTakeOurOwnTimeoutsForCutOffs) {
    std::vector<RequestMetrics> requests;
    for (std::uint64_t i = 0; i < 10; ++i)
        requests.push_back(ended_request(Outcome::timeout_total, 60s, 1ms * i, 900 + i));
    EXPECT_FALSE(summarize(requests).cut_off);
}

}  // namespace
}  // namespace streamgauge::report
