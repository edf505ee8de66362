#include "report/summary/concurrency.h"

#include "tests/report/summary/run_fixture.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

using namespace testing;

RequestMetrics open_between(nanoseconds begin, nanoseconds end) {
    RequestMetrics request;
    request.start = begin;
    request.total = end - begin;
    return request;
}

TEST(Concurrency, IsTheMostThatWereOpenAtOnce) {
    Concurrency concurrency;
    concurrency.add(open_between(0s, 3s));
    concurrency.add(open_between(1s, 5s));
    concurrency.add(open_between(2s, 4s));
    concurrency.add(open_between(6s, 7s));
    EXPECT_EQ(concurrency.maximum({0s, 10s}), 3U);
    EXPECT_EQ(concurrency.maximum({4500ms, 10s}), 1U);
    EXPECT_EQ(concurrency.maximum({0s, 900ms}), 1U);
    EXPECT_EQ(concurrency.maximum({8s, 9s}), 0U);
}

TEST(Concurrency, UsersThatFollowThemselvesAreNotCountedTwice) {
    Concurrency concurrency;
    for (int user = 0; user < 100; ++user) {
        for (int turn = 0; turn < 20; ++turn) {
            const nanoseconds begin = turn * 500ms + user * 1us;
            concurrency.add(open_between(begin, begin + 500ms));
        }
    }
    EXPECT_EQ(concurrency.maximum({0s, 10s}), 100U);
}

TEST(Concurrency, ShortRequestsWereOpenToo) {
    Concurrency concurrency;
    concurrency.add(open_between(5'100us, 5'200us));
    EXPECT_EQ(concurrency.maximum({0s, 1s}), 1U);
    EXPECT_EQ(concurrency.maximum({1s, 2s}), 0U);
}

TEST(Concurrency, WhatNeverWasOpenDoesNotCount) {
    Concurrency concurrency;
    concurrency.add(failed_request(Outcome::not_started));
    EXPECT_EQ(concurrency.maximum({0s, 1s}), 0U);
}

TEST(Concurrency, MergesWorkers) {
    Concurrency a, b;
    a.add(open_between(0s, 20s));
    b.add(open_between(10s, 3'000s));
    a.merge(b);
    EXPECT_EQ(a.maximum({0s, 60s}), 2U);
}

}  // namespace
}  // namespace streamgauge::report
