#include "report/summary/run_aggregate.h"

#include "tests/report/summary/allocation_count.h"
#include "tests/report/summary/run_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::Optional;
using ::testing::SizeIs;

Summary summarize(const RunAggregate& aggregate, RunInfo run = {}) {
    Summary summary;
    summary.run = std::move(run);
    aggregate.summarize(summary, 42);
    return summary;
}

const GroupSummary& group(const Summary& summary, const std::string& target, const std::string& phase) {
    for (const auto& each : summary.groups) {
        if (each.target == target && each.phase == phase) return each;
    }
    throw std::out_of_range("no such group");
}

std::string text_of(const std::optional<nanoseconds>& value) {
    return value ? std::to_string(value->count()) : "-";
}

/// Everything the summary says of groups and windows, so that two can be compared to the bit.
std::string fingerprint(const Summary& summary) {
    std::string text;
    for (const auto& g : summary.groups) {
        text += fmt::format("{}/{} {} {} {} {} {:a} {:a} {:a} {:a} {} {} {} {} {:a} {:a} {:a} {}\n", g.target,
                            g.phase, g.due, g.errors.count, g.answered, g.goodput.count,
                            g.requests_per_second, g.events_per_second, g.tokens_per_second,
                            g.concurrency_mean, g.concurrency_max, g.token_events, g.stalls,
                            g.uncertain_events, g.jank_mean.value_or(-1), g.fluidity_mean.value_or(-1),
                            g.events_per_read.value_or(-1), to_string(g.buffering.verdict.kind));
        for (const auto& [outcome, detail] : g.error_examples)
            text += outcome + " " + detail + "\n";
        for (const auto& [name, m] : g.metrics) {
            text +=
                fmt::format("{} {} {} {} {} {:a} {:a} {}\n", name, m.count, m.censored, text_of(m.min),
                            text_of(m.max), m.mean_ns.value_or(-1), m.stddev_ns.value_or(-1), m.curve.size());
            for (const auto& p : m.percentiles) {
                text += fmt::format("{} {} {} {}\n", p.quantile, text_of(p.value), text_of(p.low),
                                    text_of(p.high));
            }
        }
    }
    for (const auto& w : summary.windows) {
        text +=
            fmt::format("{} {} {} {} {} {} {} {} {:a}\n", w.target, w.start.count(), w.length.count(),
                        w.started, w.ended, w.errors, w.token_events, text_of(w.ttft_p95), w.open_streams);
    }
    return text;
}

RequestMetrics random_request(std::mt19937_64& random, std::uint64_t sequence, nanoseconds longest_start) {
    const auto below = [&](std::uint64_t limit) { return static_cast<std::int64_t>(random() % limit); };
    RequestMetrics request =
        completed_request(nanoseconds{below(static_cast<std::uint64_t>(longest_start.count()))},
                          below(900) * 1ms + 5ms, below(90) * 1ms);
    if (below(8) == 0)
        request = failed_request(static_cast<Outcome>(below(outcome_count)), below(4'000) * 1ms);
    request.sequence = sequence;
    request.target = static_cast<std::uint32_t>(below(2));
    request.phase = static_cast<std::uint32_t>(request.start / 10s);
    request.detail = fmt::format("request {}", sequence);
    if (request.token_events > 0) {
        request.jank = static_cast<double>(below(1'000)) / 999;
        request.fluidity = static_cast<double>(below(1'000)) / 777;
        request.events_per_read = 11.0 / static_cast<double>(below(11) + 1);
        request.buffering.kind = static_cast<BufferingKind>(below(3));
    }
    return request;
}

TEST(RunAggregate, WorkersMergedInAnyOrderEqualOneWorker) {
    const auto scenario = scenario_of({"direct", "gateway"}, {"a", "b"});
    std::mt19937_64 random(1);
    RunAggregate whole(scenario);
    std::vector<RunAggregate> workers;
    workers.reserve(3);
    for (int i = 0; i < 3; ++i)
        workers.emplace_back(scenario);
    for (std::uint64_t i = 0; i < 2'000; ++i) {
        const auto request = random_request(random, i, 20s);
        auto& worker = workers[random() % workers.size()];
        for (auto* aggregate : {&whole, &worker}) {
            aggregate->add(request);
            for (int gap = 0; gap < 5; ++gap) {
                aggregate->add_gap(request.target, request.phase, request.start,
                                   nanoseconds{static_cast<std::int64_t>(i * 7'919 % 100'000'000)});
            }
        }
    }
    const std::string expected = fingerprint(summarize(whole));
    std::vector<std::size_t> order{0, 1, 2};
    do {
        RunAggregate merged(scenario);
        for (const auto worker : order)
            merged.merge(workers[worker]);
        ASSERT_EQ(fingerprint(summarize(merged)), expected);
    } while (std::next_permutation(order.begin(), order.end()));
}

/// Bytes an aggregate holds after `requests` spread evenly over the whole run. Their figures repeat every few
/// requests, so that every window has seen all bins it will ever see.
std::int64_t memory_of(const scenarios::Scenario& scenario, int requests) {
    const nanoseconds pace = scenario.load[0].duration / requests;
    const auto before = bytes_allocated();
    RunAggregate aggregate(scenario);
    for (int i = 0; i < requests; ++i) {
        auto request = completed_request(i * pace, (50 << i % 4) * 1ms, (10 << i % 3) * 1ms);
        if (i % 5 == 0) request.outcome = Outcome::reset;
        request.detail = "the same for all";
        aggregate.add(request);
        aggregate.add_gap(0, 0, request.start, *request.max_gap);
    }
    return bytes_allocated() - before;
}

TEST(RunAggregate, MemoryStaysFlatForTenTimesTheRequests) {
    const auto scenario = scenario_of({"direct"});
    const auto few = memory_of(scenario, 5'000), many = memory_of(scenario, 50'000);
    EXPECT_LT(static_cast<double>(many), 1.02 * static_cast<double>(few))
        << few << " and " << many << " bytes";
}

// Windows double in length, so after sixteen times the duration there are as many as before.
TEST(RunAggregate, MemoryStaysFlatForSixteenTimesTheDuration) {
    auto hour = scenario_of({"direct"});
    hour.load[0].duration = 1h;
    auto day = hour;
    day.load[0].duration = 16h;
    const auto little = memory_of(hour, 20'000), much = memory_of(day, 320'000);
    EXPECT_LT(static_cast<double>(much), 1.02 * static_cast<double>(little))
        << little << " and " << much << " bytes";
    EXPECT_LT(much, 3'000'000) << "of one target in one phase";
}

TEST(RunAggregate, HasAGroupOfAllMeasuredPhasesThenOneOfEach) {
    auto scenario = scenario_of({"direct", "gateway"}, {"warm", "steady", "peak"});
    scenario.load[0].warmup = true;
    const auto summary = summarize(RunAggregate(scenario));
    std::vector<std::string> names;
    for (const auto& each : summary.groups)
        names.push_back(each.target + "/" + each.phase + (each.warmup ? "!" : ""));
    EXPECT_THAT(names, ::testing::ElementsAre("direct/", "direct/warm!", "direct/steady", "direct/peak",
                                              "gateway/", "gateway/warm!", "gateway/steady", "gateway/peak"));
}

TEST(RunAggregate, WarmUpIsShownButInNoOtherFigure) {
    auto scenario = scenario_of({"direct"}, {"warm", "steady"});
    scenario.load[0].warmup = true;
    RunAggregate aggregate(scenario);
    for (int i = 0; i < 10; ++i)
        aggregate.add(failed_request(Outcome::reset));
    auto request = completed_request(12s);
    request.phase = 1;
    aggregate.add(request);
    const auto summary = summarize(aggregate);
    EXPECT_EQ(group(summary, "direct", "warm").errors.count, 10U);
    EXPECT_EQ(group(summary, "direct", "").due, 1U);
    EXPECT_EQ(group(summary, "direct", "").errors.count, 0U);
    EXPECT_EQ(group(summary, "direct", "").metrics.at("ttft").count, 1U);
}

TEST(RunAggregate, DenominatorsAreDueRequestsLessCancelledOnes) {
    auto scenario = scenario_of({"direct"});
    scenario.expect.resize(2);
    scenario.expect[0].goodput_limits = {
        {"ttft", "", scenarios::Comparator::less, 250e6, scenarios::Unit::duration, {}}};
    scenario.expect[1].goodput_limits = {
        {"ttft", "", scenarios::Comparator::less, 150e6, scenarios::Unit::duration, {}}};
    RunAggregate aggregate(scenario);
    for (int i = 0; i < 6; ++i)
        aggregate.add(completed_request(0s, i < 4 ? 200ms : 100ms));
    aggregate.add(completed_request(0s, 300ms));
    aggregate.add(failed_request(Outcome::not_started));
    aggregate.add(failed_request(Outcome::aborted));
    aggregate.add(failed_request(Outcome::truncated));
    aggregate.add(failed_request(Outcome::cancelled));
    const auto summary = summarize(aggregate);
    const auto& all = group(summary, "direct", "");
    EXPECT_EQ(all.due, 10U);
    EXPECT_EQ(all.errors.count, 3U);
    EXPECT_EQ(all.errors.of, 10U);
    ASSERT_THAT(all.goodputs, SizeIs(2));
    EXPECT_EQ(all.goodput.count, 6U);
    EXPECT_EQ(all.goodput.of, 10U);
    EXPECT_EQ(all.goodputs[1].count, 2U);
}

TEST(RunAggregate, GapsCountInTheirStreamsPhase) {
    RunAggregate aggregate(scenario_of({"direct"}, {"a", "b"}));
    aggregate.add_gap(0, 0, 1s, 20ms);
    Histogram gaps;
    gaps.record(30ms, 4);
    aggregate.add_gaps(0, 1, 11s, gaps);
    const auto summary = summarize(aggregate);
    EXPECT_EQ(group(summary, "direct", "a").metrics.at("itl").count, 1U);
    EXPECT_EQ(group(summary, "direct", "b").metrics.at("itl").count, 4U);
    EXPECT_THAT(group(summary, "direct", "").metrics.at("itl").max, Optional(nanoseconds(30ms)));
}

TEST(RunAggregate, RatesAreOverThePhase) {
    RunAggregate aggregate(scenario_of({"direct"}));
    for (int i = 0; i < 100; ++i)
        aggregate.add(completed_request(i * 90ms, 100ms, 10ms));  // each open for 200 ms
    aggregate.add(failed_request(Outcome::reset, 0ms));
    const auto summary = summarize(aggregate);
    const auto& all = group(summary, "direct", "steady");
    EXPECT_EQ(all.duration, 10s);
    EXPECT_DOUBLE_EQ(all.requests_per_second, 10);
    EXPECT_DOUBLE_EQ(all.events_per_second, 110);
    EXPECT_DOUBLE_EQ(all.concurrency_mean, 2);
    EXPECT_EQ(all.concurrency_max, 3U);
}

TEST(RunAggregate, APhaseEndsWithTheRun) {
    RunAggregate aggregate(scenario_of({"direct"}, {"a", "b"}));
    for (int i = 0; i < 10; ++i)
        aggregate.add(completed_request(i * 100ms));
    RunInfo stopped;
    stopped.duration = 4s;
    const auto summary = summarize(aggregate, stopped);
    EXPECT_EQ(group(summary, "direct", "a").duration, 4s);
    EXPECT_DOUBLE_EQ(group(summary, "direct", "a").requests_per_second, 2.5);
    EXPECT_EQ(group(summary, "direct", "b").duration, 0s);
    EXPECT_EQ(group(summary, "direct", "b").requests_per_second, 0);
}

TEST(RunAggregate, AbsentMetricsAreLeftOut) {
    RunAggregate aggregate(scenario_of({"direct"}));
    aggregate.add(completed_request());
    const auto summary = summarize(aggregate);
    const auto& metrics = group(summary, "direct", "").metrics;
    EXPECT_TRUE(metrics.contains("ttft"));
    EXPECT_FALSE(metrics.contains("tls"));
    EXPECT_FALSE(metrics.contains("hold"));
}

TEST(RunAggregate, HeldStreamsGetTheRemedyOfWhatWasSeen) {
    RunAggregate aggregate(scenario_of({"direct", "gateway"})), worker(scenario_of({"direct", "gateway"}));
    auto request = completed_request();
    request.token_events = 50;
    request.buffering.kind = BufferingKind::none;
    for (int i = 0; i < 8; ++i)
        aggregate.add(request);
    request.target = 1;
    request.buffering.kind = BufferingKind::full;
    for (int i = 0; i < 8; ++i)
        aggregate.add(request);
    request.product_headers = {{"Server", "lighttpd/1.4.69"}, {"Content-Type", ""}};
    worker.add(request);
    aggregate.merge(worker);
    const auto summary = summarize(aggregate);
    EXPECT_TRUE(group(summary, "direct", "").remedies.empty());
    const auto& remedies = group(summary, "gateway", "").remedies;
    ASSERT_EQ(remedies.size(), 1U);
    EXPECT_EQ(remedies[0].product, "lighttpd");
    EXPECT_EQ(remedies[0].why, "Server: lighttpd/1.4.69");
}

TEST(RunAggregate, HoldMaximumIsTheLongestOfAnyToken) {
    RunAggregate aggregate(scenario_of({"direct"}));
    auto request = completed_request();
    request.hold_p50 = 1ms;
    request.hold_p95 = 5ms;
    request.hold_max = 70ms;
    aggregate.add(request);
    const auto summary = summarize(aggregate);
    EXPECT_THAT(group(summary, "direct", "").metrics.at("hold").max, Optional(nanoseconds(70ms)));
}

TEST(RunAggregate, OnlyWhatTheScenarioDoesNotCapIsOurFault) {
    auto open = scenario_of({"direct"}), capped = open, pooled = open;
    std::get<scenarios::OpenLoop>(capped.load[0].shape).max_in_flight = 1;
    pooled.connections.max = 1;
    const auto undelivered = [](const scenarios::Scenario& scenario) {
        RunAggregate aggregate(scenario);
        aggregate.add(failed_request(Outcome::not_started));
        return group(summarize(aggregate), "direct", "").undelivered;
    };
    EXPECT_EQ(undelivered(open), 1U);
    EXPECT_EQ(undelivered(capped), 0U);
    EXPECT_EQ(undelivered(pooled), 0U);
}

TEST(RunAggregate, IntervalsComeFromBlocksOfTime) {
    auto scenario = scenario_of({"direct"}, {"long", "short"});
    scenario.load[1].duration = 5s;
    RunAggregate aggregate(scenario);
    for (int i = 0; i < 100; ++i)
        aggregate.add(completed_request(i * 100ms, i * 1ms + 1ms));
    for (int i = 0; i < 50; ++i) {
        auto request = completed_request(10s + i * 100ms, i * 1ms + 1ms);
        request.phase = 1;
        aggregate.add(request);
    }
    const auto summary = summarize(aggregate);
    EXPECT_EQ(group(summary, "direct", "long").metrics.at("ttft").interval_method, "block bootstrap");
    EXPECT_EQ(group(summary, "direct", "short").metrics.at("ttft").interval_method,
              "order statistics, assumes independence");
    EXPECT_EQ(group(summary, "direct", "").metrics.at("ttft").interval_method, "block bootstrap");
}

TEST(RunAggregate, IgnoresWhatTheScenarioDoesNotHave) {
    RunAggregate aggregate(scenario_of({"direct"}));
    auto request = completed_request();
    request.target = 7;
    aggregate.add(request);
    request.target = 0;
    request.phase = 7;
    aggregate.add(request);
    aggregate.add_gap(9, 0, 0s, 1ms);
    aggregate.add_gaps(0, 9, 0s, Histogram());
    EXPECT_EQ(group(summarize(aggregate), "direct", "").due, 0U);
}

TEST(RunAggregate, WindowsRunOverTheWholeRun) {
    RunAggregate aggregate(scenario_of({"direct", "gateway"}));
    auto request = completed_request(9'900ms, 2s);
    request.target = 1;
    aggregate.add(request);
    const auto summary = summarize(aggregate);
    ASSERT_THAT(summary.windows, SizeIs(13));
    EXPECT_EQ(summary.windows.back().target, "gateway");
    EXPECT_EQ(summary.windows.back().ended, 1U) << "in the drain";
}

TEST(RunAggregate, JudgesExpectationsWindowByWindow) {
    auto scenario = scenario_of({"direct"});
    auto& gate = scenario.expect.emplace_back();
    gate.condition = {"errors", "", scenarios::Comparator::less, 0.05, scenarios::Unit::ratio, {}};
    gate.window = 2s;
    RunAggregate whole(scenario), worker(scenario);
    whole.add(completed_request(1s));
    auto failed = failed_request(Outcome::reset);
    failed.start = 5s;
    worker.add(failed);
    whole.merge(worker);
    RunInfo run;
    run.duration = 8s;
    const auto summary = summarize(whole, run);
    ASSERT_THAT(summary.windowed, SizeIs(1));
    EXPECT_EQ(summary.windowed[0].windows, 4U);
    EXPECT_EQ(summary.windowed[0].measured, 2U);
    EXPECT_EQ(summary.windowed[0].missed, 1U);
    EXPECT_EQ(summary.windowed[0].worst_begin, 4s);
}

}  // namespace
}  // namespace streamgauge::report
