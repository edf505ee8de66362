#include "report/summary/label_tally.h"

#include "report/summary/label_values.h"
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
using ::testing::ElementsAre;
using ::testing::Optional;
using ::testing::SizeIs;

scenarios::Scenario labelled_scenario(const std::vector<std::string>& phases = {"steady"}) {
    auto scenario = scenario_of({"direct", "gateway"}, phases);
    scenario.labels = {{"cache", "x-cache"}};
    return scenario;
}

RequestMetrics request_with(const std::string& value, nanoseconds ttft = 200ms, nanoseconds start = 0ns) {
    auto request = completed_request(start, ttft);
    request.labels = {value};
    return request;
}

std::vector<LabelSummary> labels_of(const RunAggregate& aggregate) {
    Summary summary;
    aggregate.summarize(summary, 42);
    return summary.labels;
}

std::vector<std::string> rows_of(const LabelSummary& label) {
    std::vector<std::string> rows;
    for (const auto& group : label.groups)
        rows.push_back(fmt::format("{} {} {}/{}", group.target, group.value, group.errors.count, group.due));
    return rows;
}

std::optional<nanoseconds> p50(const LabelledGroup& group, const char* metric) {
    return group.metrics.at(metric).percentiles.front().value;
}

std::string fingerprint(const LabelledGroup& group) {
    std::string text = fmt::format("{}/{} {} {}\n", group.target, group.value, group.due, group.errors.count);
    for (const auto& [name, metric] : group.metrics) {
        text +=
            fmt::format("{} {} {} {:a}\n", name, metric.count, metric.censored, metric.mean_ns.value_or(-1));
        for (const auto& p : metric.percentiles) {
            text += fmt::format("{} {} {}\n", p.value.value_or(-1ns).count(), p.low.value_or(-1ns).count(),
                                p.high.value_or(-1ns).count());
        }
    }
    return text;
}

/// Everything the labels say, so that two can be compared to the bit.
std::string fingerprint(const std::vector<LabelSummary>& labels) {
    std::string text;
    for (const auto& label : labels) {
        text += fmt::format("{} {}\n", label.name, label.header);
        for (const auto& group : label.groups)
            text += fingerprint(group);
    }
    return text;
}

TEST(LabelTally, TellsHitsFromMissesTargetByTarget) {
    RunAggregate aggregate(labelled_scenario());
    for (int i = 0; i < 30; ++i)
        aggregate.add(request_with("HIT", 20ms));
    for (int i = 0; i < 70; ++i)
        aggregate.add(request_with("MISS", 400ms));
    auto failed = failed_request(Outcome::http_error, 5ms, 503);
    failed.labels = {"MISS"};
    aggregate.add(failed);
    auto other_target = request_with("HIT", 30ms);
    other_target.target = 1;
    aggregate.add(other_target);
    const auto labels = labels_of(aggregate);
    ASSERT_THAT(labels, SizeIs(1));
    EXPECT_EQ(labels[0].name, "cache");
    EXPECT_EQ(labels[0].header, "x-cache");
    EXPECT_THAT(rows_of(labels[0]), ElementsAre("direct MISS 1/71", "direct HIT 0/30", "gateway HIT 0/1"));
    EXPECT_NEAR(static_cast<double>(p50(labels[0].groups[0], "ttft")->count()), 400e6, 4e5);
    EXPECT_NEAR(static_cast<double>(p50(labels[0].groups[1], "ttft")->count()), 20e6, 2e4);
    EXPECT_THAT(p50(labels[0].groups[1], "tpot"), Optional(::testing::Ge(19ms)));
    EXPECT_EQ(labels[0].groups[0].metrics.at("e2e").count, 70U);
}

TEST(LabelTally, OfOneValueSaysWhatTheTargetSays) {
    RunAggregate aggregate(labelled_scenario());
    for (int i = 0; i < 400; ++i)
        aggregate.add(request_with("HIT", 10ms + i * 1ms, i * 25ms));
    auto cut = failed_request(Outcome::timeout_first_token, 3s);
    cut.labels = {"HIT"};
    aggregate.add(cut);
    Summary summary;
    aggregate.summarize(summary, 42);
    const auto& whole = summary.groups.front();
    const auto& group = summary.labels.at(0).groups.at(0);
    EXPECT_EQ(group.due, whole.due);
    EXPECT_EQ(group.errors.count, whole.errors.count);
    for (const auto* metric : {"ttft", "tpot", "e2e"}) {
        const auto &mine = group.metrics.at(metric), &theirs = whole.metrics.at(metric);
        EXPECT_EQ(mine.count, theirs.count) << metric;
        EXPECT_EQ(mine.censored, theirs.censored) << metric;
        EXPECT_EQ(mine.interval_method, "block bootstrap") << metric;
        for (std::size_t i = 0; i < mine.percentiles.size(); ++i)
            EXPECT_EQ(mine.percentiles[i].value, theirs.percentiles[i].value) << metric;
        EXPECT_TRUE(mine.curve.empty()) << "not drawn";
    }
}

TEST(LabelTally, LeavesOutWarmUpsAndCancelledRequests) {
    auto scenario = labelled_scenario({"warm", "steady", "peak"});
    scenario.load[0].warmup = true;
    RunAggregate aggregate(scenario);
    aggregate.add(request_with("HIT"));
    for (const std::uint32_t phase : {1U, 2U}) {
        auto request = request_with("MISS", 200ms, 10s * phase);
        request.phase = phase;
        aggregate.add(request);
        request.outcome = Outcome::cancelled;
        aggregate.add(request);
    }
    EXPECT_THAT(rows_of(labels_of(aggregate).at(0)), ElementsAre("direct MISS 0/2"));
}

TEST(LabelTally, MostRequestsComeFirstAndWhatIsNoValueLast) {
    RunAggregate aggregate(labelled_scenario());
    for (const auto& [value, count] : std::vector<std::pair<std::string, int>>{
             {"(none)", 9}, {"(other)", 8}, {"rare", 1}, {"often", 7}, {"also rare", 1}}) {
        for (int i = 0; i < count; ++i)
            aggregate.add(request_with(value));
    }
    EXPECT_THAT(rows_of(labels_of(aggregate).at(0)),
                ElementsAre("direct often 0/7", "direct also rare 0/1", "direct rare 0/1",
                            "direct (other) 0/8", "direct (none) 0/9"));
}

TEST(LabelTally, WorkersMergedInAnyOrderEqualOneWorker) {
    auto scenario = labelled_scenario({"a", "b"});
    scenario.labels.push_back({"pod", "x-pod"});
    std::mt19937_64 random(1);
    RunAggregate whole(scenario);
    std::vector<RunAggregate> workers;
    workers.reserve(3);
    for (int i = 0; i < 3; ++i)
        workers.emplace_back(scenario);
    for (int i = 0; i < 2'000; ++i) {
        auto request = request_with(fmt::format("value {}", random() % 4), 1ms * (random() % 900), i * 10ms);
        if (random() % 9 == 0) request.outcome = Outcome::reset;
        request.labels.emplace_back(random() % 2 == 0 ? "(none)" : "pod");
        request.target = static_cast<std::uint32_t>(random() % 2);
        request.phase = static_cast<std::uint32_t>(request.start / 10s);
        whole.add(request);
        workers[random() % workers.size()].add(request);
    }
    const auto expected = fingerprint(labels_of(whole));
    std::vector<std::size_t> order{0, 1, 2};
    do {
        RunAggregate merged(scenario);
        for (const auto worker : order)
            merged.merge(workers[worker]);
        ASSERT_EQ(fingerprint(labels_of(merged)), expected);
    } while (std::next_permutation(order.begin(), order.end()));
}

/// Rows may come from anywhere.
TEST(LabelTally, BoundsWhatComesWithoutBounds) {
    const auto scenario = labelled_scenario();
    RunAggregate one(scenario), two(scenario);
    for (int i = 0; i < 1'000; ++i) {
        (i % 2 == 0 ? one : two).add(request_with(fmt::format("value {}", i)));
        one.add(request_with("(none)"));
    }
    one.merge(two);
    const auto label = labels_of(one).at(0);
    EXPECT_THAT(label.groups, SizeIs(most_label_values + 2));
    EXPECT_EQ(label.groups[most_label_values].value, "(other)");
    std::uint64_t requests = 0;
    for (const auto& group : label.groups)
        requests += group.due;
    EXPECT_EQ(requests, 2'000U);
}

TEST(LabelTally, ARequestWithoutValuesCountsNowhere) {
    RunAggregate aggregate(labelled_scenario());
    aggregate.add(completed_request());
    EXPECT_THAT(labels_of(aggregate).at(0).groups, SizeIs(0));
    RunAggregate plain(scenario_of({"direct"}));
    plain.add(request_with("HIT"));
    EXPECT_THAT(labels_of(plain), SizeIs(0));
}

/// Twenty values of four labels on both targets cost what they cost, however many requests there are.
TEST(LabelTally, MemoryStaysFlat) {
    auto scenario = labelled_scenario();
    scenario.labels = {{"a", "a"}, {"b", "b"}, {"c", "c"}, {"d", "d"}};
    const auto memory_of = [&](int requests) {
        const auto before = bytes_allocated();
        LabelTally tally(scenario, {10});
        for (int i = 0; i < requests; ++i) {
            auto request = request_with(fmt::format("value {}", i % 40), (50 << i % 4) * 1ms);
            request.labels.resize(4, request.labels.front());
            request.target = static_cast<std::uint32_t>(i % 2);
            tally.add(request, static_cast<std::size_t>(i / 8 % 10));
        }
        return bytes_allocated() - before;
    };
    const auto few = memory_of(16'000), many = memory_of(160'000);
    EXPECT_LT(static_cast<double>(many), 1.02 * static_cast<double>(few)) << few << " and " << many;
    EXPECT_LT(many, 12'000'000);
}

}  // namespace
}  // namespace streamgauge::report
