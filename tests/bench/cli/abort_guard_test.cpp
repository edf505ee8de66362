#include "bench/cli/abort_guard.h"

#include "scenarios/abort_parser.h"

#include <gmock/gmock.h>

#include <future>

namespace streamgauge::cli {
namespace {

using namespace std::chrono_literals;
using report::Moment;

struct NullSink final : report::TimelineSink {
    void on_timeline(const report::StreamTimeline&) override {}
};

scenarios::Scenario scenario_with(const std::vector<std::string>& conditions) {
    scenarios::Scenario scenario;
    scenario.targets.emplace_back().name = "api";
    for (const auto& text : conditions)
        scenario.abort_when.push_back(*scenarios::parse_abort_condition(text));
    return scenario;
}

report::StreamTimeline failed_request() {
    report::StreamTimeline timeline;
    timeline.outcome = report::Outcome::reset;
    return timeline;
}

/// A run that began a second ago has its first turn at once.
Moment a_second_ago() {
    return Moment::clock::now() - 1s;
}

TEST(AbortGuard, HandsOverWhatStruckAndKeepsIt) {
    NullSink sink;
    AbortGuard guard(scenario_with({"errors > 20% for 1s"}), 1);
    guard.in_front_of(0, sink).on_timeline(failed_request());
    std::promise<report::RunInfo::Abort> struck;
    guard.start(
        a_second_ago(), [] { return true; },
        [&](const report::RunInfo::Abort& abort) { struck.set_value(abort); });
    const auto abort = struck.get_future().get();
    EXPECT_EQ(abort.condition, "errors > 20% for 1s");
    EXPECT_EQ(abort.target, "api");
    EXPECT_GE(abort.at, 1s);
    const auto kept = guard.stop();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->at, abort.at);
}

TEST(AbortGuard, DoesNotStrikeWhenTheRunEndsAnyway) {
    NullSink sink;
    AbortGuard guard(scenario_with({"errors > 20% for 1s"}), 1);
    guard.in_front_of(0, sink).on_timeline(failed_request());
    std::promise<void> asked;
    guard.start(
        a_second_ago(),
        [&] {
            asked.set_value();
            return false;
        },
        [](const report::RunInfo::Abort&) { FAIL() << "the run is draining already"; });
    asked.get_future().get();
    EXPECT_FALSE(guard.stop());
}

TEST(AbortGuard, StopsBeforeItsFirstTurn) {
    NullSink sink;
    AbortGuard guard(scenario_with({"errors > 20% for 1s"}), 1);
    guard.in_front_of(0, sink).on_timeline(failed_request());
    guard.start(
        Moment::clock::now() + 1h, [] { return true; },
        [](const report::RunInfo::Abort&) { FAIL() << "nothing has begun"; });
    EXPECT_FALSE(guard.stop());
    EXPECT_FALSE(guard.stop());
}

TEST(AbortGuard, StandsAsideWithoutConditions) {
    NullSink sink;
    AbortGuard guard(scenario_with({}), 1);
    EXPECT_EQ(&guard.in_front_of(0, sink), &sink);
    guard.start(
        a_second_ago(), [] { return true; }, [](const report::RunInfo::Abort&) { FAIL(); });
    EXPECT_FALSE(guard.stop());
}

}  // namespace
}  // namespace streamgauge::cli
