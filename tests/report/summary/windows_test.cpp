#include "report/summary/windows.h"

#include "tests/report/summary/run_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::SizeIs;

TEST(Windows, PutEachThingIntoItsTime) {
    Windows windows;
    auto request = completed_request(500ms, 1s, 100ms);  // open from 0.5 to 2.5 s, tokens from 1.5 to 2.5
    request.token_events = 10;
    windows.add(request);
    const auto summaries = windows.summarize("direct");
    ASSERT_THAT(summaries, SizeIs(3));
    EXPECT_EQ(summaries[0].target, "direct");
    EXPECT_EQ(summaries[2].start, 2s);
    EXPECT_EQ(summaries[2].length, 1s);
    EXPECT_EQ(summaries[0].started, 1U);
    EXPECT_EQ(summaries[2].ended, 1U);
    EXPECT_EQ(summaries[2].errors, 0U);
    EXPECT_EQ(summaries[0].token_events, 0U);
    EXPECT_EQ(summaries[1].token_events, 5U);
    EXPECT_EQ(summaries[2].token_events, 5U);
    EXPECT_DOUBLE_EQ(summaries[0].open_streams, 0.5);
    EXPECT_DOUBLE_EQ(summaries[1].open_streams, 1);
    EXPECT_DOUBLE_EQ(summaries[2].open_streams, 0.5);
    ASSERT_TRUE(summaries[0].ttft_p50) << "whole streams count where they were due";
    EXPECT_NEAR(static_cast<double>(summaries[0].ttft_p50->count()), 1e9, 1e7);
    EXPECT_FALSE(summaries[1].ttft_p50);
}

TEST(Windows, TellHowLateTheClientWas) {
    Windows windows;
    auto request = completed_request(500ms, 1s, 100ms);
    request.schedule_lag = 2ms;
    request.first_token_lag = 40us;
    windows.add(request);
    request.start = 600ms;
    request.schedule_lag = 5ms;
    request.first_token_lag = std::nullopt;
    windows.add(request);
    const auto summaries = windows.summarize("direct");
    ASSERT_TRUE(summaries[0].send_lag_p99 && summaries[0].receive_lag_p99);
    EXPECT_NEAR(static_cast<double>(summaries[0].send_lag_p99->count()), 5e6, 5e4);
    EXPECT_NEAR(static_cast<double>(summaries[0].receive_lag_p99->count()), 4e4, 4e2);
    EXPECT_FALSE(summaries[1].send_lag_p99) << "no request was due then";
}

TEST(Windows, CountErrorsWhereTheyEnd) {
    Windows windows;
    windows.add(failed_request(Outcome::reset, 1500ms));
    windows.add(failed_request(Outcome::not_started));
    const auto summaries = windows.summarize("direct");
    EXPECT_EQ(summaries[0].errors, 1U);
    EXPECT_EQ(summaries[1].errors, 1U);
    EXPECT_EQ(summaries[0].started, 2U);
}

TEST(Windows, APercentileAmongCensoredRequestsIsEmpty) {
    Windows windows;
    for (int i = 0; i < 9; ++i)
        windows.add(completed_request());
    windows.add(failed_request(Outcome::timeout_first_token, 500ms));
    const auto summaries = windows.summarize("direct");
    EXPECT_TRUE(summaries[0].ttft_p50);
    EXPECT_FALSE(summaries[0].ttft_p95);
}

TEST(Windows, LoseNothingWhenTheyGrowLonger) {
    Windows windows;
    std::uint64_t tokens = 0;
    double open = 0;
    for (int second = 0; second < 5'000; second += 7) {
        const auto request = completed_request(second * 1s, 900ms, 333ms);
        windows.add(request);
        tokens += request.token_events;
        open += std::chrono::duration<double>(*request.total).count();
    }
    const auto summaries = windows.summarize("direct");
    EXPECT_LE(summaries.size(), 240U);
    EXPECT_EQ(summaries[0].length, 32s);
    std::uint64_t counted = 0, started = 0, ended = 0;
    double counted_open = 0;
    for (const auto& each : summaries) {
        counted += each.token_events;
        started += each.started;
        ended += each.ended;
        counted_open += each.open_streams * std::chrono::duration<double>(each.length).count();
    }
    EXPECT_EQ(counted, tokens);
    EXPECT_EQ(started, 715U);
    EXPECT_EQ(ended, 715U);
    EXPECT_NEAR(counted_open, open, 1e-6);
}

}  // namespace
}  // namespace streamgauge::report
