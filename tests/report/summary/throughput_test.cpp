#include "report/summary/throughput.h"

#include "tests/report/summary/run_fixture.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

using namespace testing;

TEST(Throughput, CountsWhatFlowedWhileThePhaseWasOn) {
    auto request = completed_request(9s, 500ms, 100ms);  // tokens from 9.5 to 10.5 s
    request.token_events = 10;
    request.output_tokens = 40;
    Throughput first, second;
    first.add(request, {0s, 10s});
    second.add(request, {10s, 20s});
    EXPECT_EQ(first.token_events, 5U);
    EXPECT_EQ(second.token_events, 5U);
    EXPECT_EQ(first.tokens, 20U);
    EXPECT_EQ(first.open_ns, 1'000'000'000);
    EXPECT_EQ(second.open_ns, 500'000'000);
    first.merge(second);
    EXPECT_EQ(first.tokens, 40U);
}

TEST(Throughput, CountsEventsWhereTheApiDoesNotCountTokens) {
    Throughput throughput;
    throughput.add(completed_request(), {0s, 10s});
    EXPECT_EQ(throughput.tokens, 11U);
}

}  // namespace
}  // namespace streamgauge::report
