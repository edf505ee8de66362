#include "report/summary/window_tally.h"

#include "report/summary/figure.h"
#include "scenarios/expectation_parser.h"
#include "tests/report/summary/allocation_count.h"
#include "tests/report/summary/run_fixture.h"

#include <gmock/gmock.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace testing;

scenarios::Expectation expectation(const std::string& text) {
    const auto parsed = *scenarios::parse_expectation(text);
    scenarios::Expectation made;
    made.text = text;
    made.condition = parsed.condition;
    made.goodput_limits = parsed.goodput_limits;
    made.window = parsed.window;
    return made;
}

/// A phase that begins 100 s into the run.
constexpr auto begin = 100s;

WindowTally tally_of(const std::string& text, nanoseconds duration = 30s) {
    return {expectation(text), 1, {begin, begin + duration}};
}

RequestMetrics at(nanoseconds moment, nanoseconds ttft = 200ms) {
    auto request = completed_request(begin + moment, ttft);
    request.phase = 1;
    return request;
}

RequestMetrics failed_at(nanoseconds moment, Outcome outcome, nanoseconds total = 50ms) {
    auto request = failed_request(outcome, total);
    request.start = begin + moment;
    request.phase = 1;
    return request;
}

WindowedSummary summarize(const WindowTally& tally, nanoseconds run_end = nanoseconds::max()) {
    WindowedSummary summary;
    tally.summarize(run_end, summary);
    return summary;
}

std::string worst(const WindowTally& tally) {
    const auto summary = summarize(tally);
    return std::to_string(summary.worst_begin / 1s) + "-" + std::to_string(summary.worst_end / 1s);
}

TEST(WindowTally, JudgesEachWindowOfThePhase) {
    auto tally = tally_of("ttft.max per 10s < 1s");
    for (const auto& [moment, ttft] :
         {std::pair{0s, 300ms}, {9s, 400ms}, {10s, 1200ms}, {19s, 200ms}, {25s, 1100ms}})
        tally.add(at(moment, ttft));
    const auto summary = summarize(tally);
    EXPECT_EQ(summary.windows, 3U);
    EXPECT_EQ(summary.measured, 3U);
    EXPECT_EQ(summary.missed, 2U);
    EXPECT_EQ(summary.worst_begin, 10s);
    EXPECT_EQ(summary.worst_end, 20s);
    EXPECT_EQ(figure_of(summary.worst, expectation("ttft.max < 1s").condition).value, 1.2e9);
}

TEST(WindowTally, CountsOtherPhasesNowhere) {
    auto tally = tally_of("errors per 10s < 5%");
    auto other = failed_at(5s, Outcome::reset);
    other.phase = 0;
    tally.add(other);
    EXPECT_EQ(summarize(tally).measured, 0U);
}

TEST(WindowTally, LeavesOutALastWindowShorterThanHalf) {
    auto tally = tally_of("errors per 10s < 5%", 24'900ms);
    tally.add(failed_at(22s, Outcome::reset));
    EXPECT_EQ(summarize(tally).windows, 2U);
    EXPECT_EQ(summarize(tally).missed, 0U);
    auto longer = tally_of("errors per 10s < 5%", 25s);
    longer.add(failed_at(22s, Outcome::reset));
    EXPECT_EQ(summarize(longer).windows, 3U);
    EXPECT_EQ(summarize(longer).missed, 1U);
    EXPECT_EQ(summarize(longer).worst_end, 25s);
    EXPECT_EQ(summarize(tally_of("errors per 10s < 5%", 4s)).windows, 0U);
}

TEST(WindowTally, EndsWithARunThatWasStopped) {
    auto tally = tally_of("errors per 10s < 5%");
    for (const auto moment : {5s, 15s, 17s})
        tally.add(at(moment));
    EXPECT_EQ(summarize(tally, begin + 14s).windows, 1U);
    EXPECT_EQ(summarize(tally, begin + 18s).windows, 2U);
    EXPECT_EQ(summarize(tally, begin - 1s).windows, 0U);
}

TEST(WindowTally, PassesOverWindowsWithTooFewSamples) {
    auto tally = tally_of("ttft.p95 per 10s < 1s");
    for (int i = 0; i < 58; ++i)
        tally.add(at(1s, 5s));
    for (int i = 0; i < 59; ++i)
        tally.add(at(11s));
    const auto summary = summarize(tally);
    EXPECT_EQ(summary.windows, 3U);
    EXPECT_EQ(summary.measured, 1U);
    EXPECT_EQ(summary.missed, 0U) << "the slow ones are too few to say so";
    EXPECT_EQ(summary.reason, "ttft.p95 needs at least 59 samples and has 58");
    tally.add(at(2s, 5s));
    EXPECT_EQ(summarize(tally).missed, 1U);
}

TEST(WindowTally, TellsWhyNoneWasMeasured) {
    const auto summary = summarize(tally_of("errors per 10s < 5%"));
    EXPECT_EQ(summary.measured, 0U);
    EXPECT_EQ(summary.reason, "no request was due");
}

TEST(WindowTally, RanksTimeoutsAboveEverything) {
    auto tally = tally_of("ttft.max per 10s < 1s");
    tally.add(at(1s, 30s));
    tally.add(failed_at(12s, Outcome::timeout_first_token, 2s));
    const auto summary = summarize(tally);
    EXPECT_EQ(summary.missed, 2U);
    EXPECT_EQ(summary.worst_begin, 10s) << "more than 2 s, nobody knows how much";
}

TEST(WindowTally, FindsTheWorstForEachComparator) {
    const auto with_errors = [](const std::string& text) {
        auto tally = tally_of(text);
        for (int window = 0; window < 3; ++window) {
            for (int i = 0; i < 10; ++i) {
                const auto moment = window * 10s + i * 1s;
                tally.add(i < window ? failed_at(moment, Outcome::reset) : at(moment));
            }
        }
        return worst(tally);
    };
    EXPECT_EQ(with_errors("errors per 10s < 50%"), "20-30");
    EXPECT_EQ(with_errors("errors per 10s > 5%"), "0-10");
    EXPECT_EQ(with_errors("errors per 10s == 0%"), "20-30");
    EXPECT_EQ(with_errors("errors per 10s != 10%"), "10-20");
    EXPECT_EQ(with_errors("outcome.reset per 10s == 0"), "20-30");
    EXPECT_EQ(with_errors("outcome.completed per 10s > 5"), "20-30");
    EXPECT_EQ(with_errors("goodput(ttft < 1s) per 10s > 99%"), "20-30");
    EXPECT_EQ(with_errors("throughput.requests per 10s > 2/s"), "20-30");
}

TEST(WindowTally, MeasuresWhatFlowedInAWindow) {
    auto tally = tally_of("throughput.events per 10s > 1/s");
    auto request = completed_request(begin + 4s, 1s, 1s);  // 11 events from 5 s to 15 s
    request.phase = 1;
    tally.add(request);
    auto late = completed_request(begin - 5s, 6s, 1s);  // of the phase before: 1 s to 11 s
    late.phase = 0;
    tally.add(late);
    tally.add(at(12s, 300s));
    const auto summary = summarize(tally);
    EXPECT_EQ(summary.worst.events_per_second, 0.8) << "6 of the one and 2 of the other";
    EXPECT_EQ(summary.worst_begin, 10s);
}

TEST(WindowTally, MeasuresHowTextFlowed) {
    auto tally = tally_of("jank per 10s < 5%");
    tally.add(at(1s));
    auto janky = at(11s);
    janky.jank = 0.5;
    tally.add(janky);
    EXPECT_EQ(worst(tally), "10-20");
    auto stalls = tally_of("stalls per 10s == 0");
    stalls.add(at(1s));
    janky.stalls = 3;
    stalls.add(janky);
    EXPECT_EQ(summarize(stalls).worst.stalls, 3U);
}

TEST(WindowTally, TakesTheLongestHoldOfAnyToken) {
    auto tally = tally_of("hold.max per 10s < 100ms");
    auto request = at(1s);
    request.hold_p95 = 10ms;
    request.hold_max = 300ms;
    tally.add(request);
    EXPECT_EQ(summarize(tally).missed, 1U);
}

TEST(WindowTally, MergedInAnyOrderIsTheSame) {
    std::mt19937_64 random(7);
    auto whole = tally_of("e2e.p50 per 3s < 400ms");
    std::vector<WindowTally> parts(3, whole);
    for (int i = 0; i < 3'000; ++i) {
        const auto below = [&](std::uint64_t limit) { return static_cast<std::int64_t>(random() % limit); };
        const auto request = at(below(30'000) * 1ms, below(900) * 1ms);
        whole.add(request);
        parts[random() % 3].add(request);
    }
    const auto expected = summarize(whole);
    ASSERT_EQ(expected.measured, 10U);
    for (const auto& order : {std::array{0, 1, 2}, {2, 0, 1}, {1, 2, 0}}) {
        auto merged = tally_of("e2e.p50 per 3s < 400ms");
        for (const int part : order)
            merged.merge(parts[static_cast<std::size_t>(part)]);
        const auto summary = summarize(merged);
        EXPECT_EQ(summary.missed, expected.missed);
        EXPECT_EQ(summary.worst_begin, expected.worst_begin);
        EXPECT_EQ(summary.worst.metrics.at("e2e").percentiles[0].value,
                  expected.worst.metrics.at("e2e").percentiles[0].value);
    }
}

TEST(WindowTally, StandsRequestsFromOutsideItsPhase) {
    auto tally = tally_of("ttft.max per 10s < 1s");
    tally.add(at(-5s));
    tally.add(at(100h));
    EXPECT_EQ(summarize(tally).windows, 3U);
    auto forever = expectation("errors per 10s < 5%");
    forever.window = nanoseconds::max();
    const WindowTally endless(forever, 0, {0s, 30s});
    EXPECT_EQ(summarize(endless).windows, 0U);
}

TEST(WindowTally, KeepsOneSmallRecordForEachWindow) {
    const auto bytes = [](int requests) {
        const auto before = bytes_allocated();
        auto tally = tally_of("ttft.p95 per 100ms < 1s", 1'000s);
        for (int i = 0; i < requests; ++i)
            tally.add(at(i % 100'000 * 10ms, 100ms + i % 50 * 10ms));
        return bytes_allocated() - before;
    };
    const auto few = bytes(100'000);
    EXPECT_LT(few / 10'000, 2'000) << "bytes for each window";
    EXPECT_LE(bytes(500'000), few + few / 10) << "more requests take no more";
}

}  // namespace
}  // namespace streamgauge::report
