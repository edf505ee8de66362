#include "bench/load/engine.h"
#include "scenarios/loader.h"
#include "tests/system/fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <memory>
#include <set>
#include <vector>

namespace streamgauge::system_tests {
namespace {

using namespace std::chrono_literals;
using report::StreamTimeline;
using std::chrono::nanoseconds;

struct KeepingSink final : report::TimelineSink {
    std::vector<StreamTimeline> timelines;
    void on_timeline(const StreamTimeline& timeline) override { timelines.push_back(timeline); }
};

/// Runs a scenario through the engine in this process, as the program does, and keeps every timeline.
std::vector<StreamTimeline> run_engine(const Scene& scene, unsigned workers) {
    const auto loaded = scenarios::parse_scenario(scenario_text(scene), "accuracy.yaml");
    if (!loaded.scenario) throw std::runtime_error(scenarios::format_diagnostic(loaded.diagnostics.at(0)));
    std::vector<KeepingSink> sinks(workers);
    std::vector<report::TimelineSink*> pointers;
    for (auto& sink : sinks)
        pointers.push_back(&sink);
    load::Engine engine(*loaded.scenario, {workers, std::chrono::steady_clock::now() + 100ms}, pointers);
    engine.run();
    std::vector<StreamTimeline> all;
    for (auto& sink : sinks)
        std::move(sink.timelines.begin(), sink.timelines.end(), std::back_inserter(all));
    return all;
}

/// Our TTFT against the server's: from the arrival of the request there to the stamp before the first write.
nanoseconds ttft_error(const StreamTimeline& timeline) {
    const auto measured = timeline.arrival(0) - timeline.sent.value();
    return measured - (timeline.stamps.at(0).sent - timeline.stamps.at(0).received);
}

nanoseconds quantile(std::vector<nanoseconds> values, double at) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(std::ceil(at * static_cast<double>(values.size()))) - 1];
}

TEST(Accuracy, ThousandStreamsAgreeWithTheStampsOfTheServer) {
    const Simulator simulator;
    Scene scene{simulator.chat_url(), "", "stamps: true, ttft: 250ms, itl: 100ms, tokens: 20"};
    scene.load = "{ phase: steady, rate: 500/s, for: 2s }";
    const auto timelines = run_engine(scene, 1);
    ASSERT_EQ(timelines.size(), 1000u);
    std::vector<nanoseconds> ttft_errors, token_errors;
    for (const auto& timeline : timelines) {
        ASSERT_EQ(timeline.outcome, report::Outcome::completed) << timeline.detail;
        ASSERT_EQ(timeline.tokens.size(), 20u);
        ASSERT_EQ(timeline.stamps.size(), 20u);
        ASSERT_GT(timeline.stamps[0].received, 0ns);
        ttft_errors.push_back(ttft_error(timeline));
        for (std::size_t i = 0; i < timeline.tokens.size(); ++i) {
            token_errors.push_back(timeline.arrival(i).time_since_epoch() - timeline.stamps[i].sent);
        }
    }
    EXPECT_LT(quantile(ttft_errors, 0.5), 1ms);
    EXPECT_LT(quantile(ttft_errors, 0.99), 1ms);
    EXPECT_LT(quantile(token_errors, 0.99), 1ms);
    // A figure below the truth would be worse than one above: nothing may arrive before it was sent. What the
    // mapping between the two clocks may be off is bounded by the width of its samples.
    EXPECT_GT(*std::min_element(token_errors.begin(), token_errors.end()), -50us);
    RecordProperty("ttft_error_p99_us", static_cast<int>(quantile(ttft_errors, 0.99) / 1us));
    RecordProperty("token_error_p99_us", static_cast<int>(quantile(token_errors, 0.99) / 1us));
}

TEST(Accuracy, EveryRequestHasOneRowAndEveryTokenIsCounted) {
    const Simulator simulator;
    Bench bench;
    Scene scene{simulator.chat_url(), "", "ttft: 200ms, itl: 5ms, tokens: 30"};
    scene.load = "{ phase: steady, rate: 400/s, for: 2s }";
    const auto finished = bench.run(scene, {"--quiet", "--workers", "2"});
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
    const auto rows = bench.folder().rows();
    EXPECT_EQ(rows.size(), 800u);
    std::set<std::string> ids;
    for (const auto& row : rows) {
        ids.emplace(row.at("request_id").as_string());
        EXPECT_EQ(row.at("token_events").to_number<int>(), 30) << row;
        EXPECT_EQ(row.at("output_tokens").to_number<int>(), 30) << row;
    }
    EXPECT_EQ(ids.size(), 800u);
}

}  // namespace
}  // namespace streamgauge::system_tests
