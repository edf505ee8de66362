#include "bench/live/figures.h"

#include <gmock/gmock.h>

namespace streamgauge::live {
namespace {

using namespace std::chrono_literals;
using report::BufferingKind;
using report::Outcome;
using ::testing::ElementsAre;

scenarios::Scenario two_targets() {
    scenarios::Scenario scenario;
    scenario.name = "two";
    scenario.targets.resize(2);
    scenario.targets[0].name = "direct";
    scenario.targets[1].name = "gateway";
    scenario.load.resize(2);
    scenario.load[0].name = "warm-up";
    scenario.load[0].warmup = true;
    scenario.load[0].duration = 5s;
    scenario.load[1].name = "steady";
    scenario.load[1].duration = 60s;
    scenario.limits.requests = 900;
    return scenario;
}

EndedRequest stream(std::uint32_t target, std::uint32_t phase, nanoseconds ttft, BufferingKind kind) {
    EndedRequest request;
    request.target = target;
    request.phase = phase;
    request.ttft = ttft;
    request.send_lag = 100us;
    request.token_events = 50;
    request.buffering.kind = kind;
    return request;
}

class FiguresTest : public ::testing::Test {
  protected:
    EndedRequests ended(std::vector<EndedRequest> requests = {}) const {
        EndedRequests all;
        all.outcomes.resize(2);
        for (const auto& request : requests)
            ++all.outcomes[request.target][static_cast<std::size_t>(Outcome::completed)];
        all.requests = std::move(requests);
        return all;
    }
    static load::Progress progress(std::uint64_t open, std::uint64_t done, std::uint64_t tokens) {
        load::Progress progress;
        progress.streams_open = open;
        progress.requests_done = done;
        progress.token_events = tokens;
        progress.phase = 1;
        return progress;
    }

    scenarios::Scenario scenario = two_targets();
    Figures figures{scenario, 2, 2s};
};

TEST_F(FiguresTest, ShowsWhatTheRunIs) {
    figures.add(3s, ended(), progress(7, 40, 900), 0s);
    const auto shown = figures.snapshot();
    EXPECT_EQ(shown.scenario, "two");
    ASSERT_EQ(shown.phases.size(), 2u);
    EXPECT_EQ(shown.phases[1].name, "steady");
    EXPECT_TRUE(shown.phases[0].warmup);
    EXPECT_EQ(shown.phase, 1u);
    EXPECT_EQ(shown.stage, Stage::running);
    EXPECT_EQ(shown.elapsed, 3s);
    EXPECT_EQ(shown.streams_open, 7u);
    EXPECT_EQ(shown.requests_done, 40u);
    EXPECT_EQ(shown.request_limit, 900u);
    ASSERT_EQ(shown.targets.size(), 2u);
    EXPECT_EQ(shown.targets[1].name, "gateway");
}

TEST_F(FiguresTest, DrainsOnceThePlanIsOver) {
    auto over = progress(7, 40, 900);
    over.draining = true;
    figures.add(70s, ended(), over, 0s);
    EXPECT_EQ(figures.snapshot().stage, Stage::draining);
}

TEST_F(FiguresTest, RatesHaveAValueFromTheFirstSampleOn) {
    figures.add(500ms, ended(), progress(7, 50, 1000), 250ms);
    const auto shown = figures.snapshot();
    EXPECT_DOUBLE_EQ(shown.requests_per_second, 100);
    EXPECT_DOUBLE_EQ(shown.tokens_per_second, 2000);
    EXPECT_DOUBLE_EQ(shown.client.busy_share, 0.25);  // half a processor of two workers
}

TEST_F(FiguresTest, SeriesHaveOneValueForEachWholeSecond) {
    for (int turn = 0; turn <= 15; ++turn) {
        const auto count = static_cast<std::uint64_t>(turn);
        figures.add(turn * 200ms, ended(), progress(count, 2 * count, 100 * count), 0s);
    }
    const auto shown = figures.snapshot();
    EXPECT_THAT(shown.requests_series, ElementsAre(10, 10, 10));
    EXPECT_THAT(shown.tokens_series, ElementsAre(500, 500, 500));
    EXPECT_THAT(shown.open_series, ElementsAre(5, 10, 15));
    EXPECT_THAT(shown.ttft_p95_series, ElementsAre(std::nullopt, std::nullopt, std::nullopt));
}

TEST_F(FiguresTest, TtftIsKnownBySecondAndByTarget) {
    const auto near = [](std::optional<nanoseconds> value, nanoseconds expected) {
        return value && std::abs(static_cast<double>((*value - expected).count())) <
                            0.01 * static_cast<double>(expected.count());
    };
    figures.add(500ms, ended({stream(0, 1, 100ms, BufferingKind::none)}), {}, 0s);
    figures.add(1500ms, ended({stream(1, 1, 300ms, BufferingKind::none)}), {}, 0s);
    figures.add(2500ms, ended(), {}, 0s);
    const auto shown = figures.snapshot();
    EXPECT_TRUE(near(shown.ttft_p50, 100ms));
    EXPECT_TRUE(near(shown.ttft_p95, 300ms));
    EXPECT_TRUE(near(shown.targets[0].ttft_p95, 100ms));
    EXPECT_TRUE(near(shown.targets[1].ttft_p95, 300ms));
    ASSERT_EQ(shown.ttft_p95_series.size(), 2u);
    EXPECT_NEAR(shown.ttft_p95_series[0].value(), 100e6, 1e6);
    EXPECT_NEAR(shown.ttft_p95_series[1].value(), 300e6, 3e6);
}

TEST_F(FiguresTest, ForgetsWhatIsLongOver) {
    figures.add(500ms, ended({stream(0, 1, 100ms, BufferingKind::none)}), {}, 0s);
    figures.add(9s, ended(), {}, 0s);
    EXPECT_TRUE(figures.snapshot().ttft_p95.has_value());
    figures.add(11s, ended(), {}, 0s);
    EXPECT_FALSE(figures.snapshot().ttft_p95.has_value());
    EXPECT_EQ(figures.snapshot().targets[0].ended, 1u);
}

TEST_F(FiguresTest, MemoryDoesNotGrowWithTheRunNorWithASuspension) {
    for (int second = 0; second < 300; ++second)
        figures.add(second * 1s, ended(), {}, 0s);
    EXPECT_EQ(figures.snapshot().open_series.size(), longest_series);
    figures.add(std::chrono::hours(48), ended(), {}, 0s);
    EXPECT_EQ(figures.snapshot().open_series.size(), longest_series);
}

TEST_F(FiguresTest, CountsErrorsByOutcomeAndTarget) {
    auto some = ended({stream(0, 1, 1ms, BufferingKind::none)});
    some.outcomes[1][static_cast<std::size_t>(Outcome::http_error)] = 3;
    some.outcomes[1][static_cast<std::size_t>(Outcome::cancelled)] = 2;
    figures.add(1s, some, {}, 0s);
    figures.add(2s, some, {}, 0s);
    const auto shown = figures.snapshot();
    EXPECT_EQ(shown.outcomes[static_cast<std::size_t>(Outcome::http_error)], 6u);
    EXPECT_EQ(shown.targets[0].ended, 2u);
    EXPECT_EQ(shown.targets[0].errors, 0u);
    EXPECT_EQ(shown.targets[1].ended, 10u);
    EXPECT_EQ(shown.targets[1].errors, 6u);
}

TEST_F(FiguresTest, JudgesBufferingOnceASecond) {
    figures.add(100ms,
                ended({stream(0, 1, 1ms, BufferingKind::none), stream(1, 1, 1ms, BufferingKind::full)}), {},
                0s);
    EXPECT_EQ(figures.snapshot().targets[1].buffering.kind, BufferingKind::insufficient);
    figures.add(1100ms, ended(), {}, 0s);
    EXPECT_EQ(figures.snapshot().targets[0].buffering.kind, BufferingKind::none);
    EXPECT_EQ(figures.snapshot().targets[1].buffering.kind, BufferingKind::full);
}

TEST_F(FiguresTest, WarmUpTellsOfBufferingUntilAMeasuredStreamEnds) {
    figures.add(100ms,
                ended({stream(0, 0, 1ms, BufferingKind::full), stream(0, 0, 1ms, BufferingKind::full)}), {},
                0s);
    figures.add(1s, ended(), {}, 0s);
    EXPECT_EQ(figures.snapshot().targets[0].buffering.kind, BufferingKind::full);
    figures.add(6s, ended({stream(0, 1, 1ms, BufferingKind::none)}), {}, 0s);
    figures.add(7s, ended({stream(0, 0, 1ms, BufferingKind::full)}), {}, 0s);
    figures.add(8s, ended(), {}, 0s);
    EXPECT_EQ(figures.snapshot().targets[0].buffering.kind, BufferingKind::none);
}

TEST_F(FiguresTest, KnowsWhetherTheClientIsLate) {
    auto late = stream(0, 1, 100ms, BufferingKind::none);
    late.send_lag = 30ms;
    late.uncertain_events = 5;
    figures.add(100ms, ended({late}), {}, 0s);
    const auto& client = figures.snapshot().client;
    EXPECT_NEAR(static_cast<double>(client.send_lag_p99->count()), 30e6, 3e5);
    EXPECT_NEAR(static_cast<double>(client.send_lag_limit.count()), 5e6, 1e5);
    EXPECT_DOUBLE_EQ(client.uncertain_share, 0.1);
}

TEST_F(FiguresTest, IgnoresWhatTheScenarioLacks) {
    figures.add(100ms, ended({}), {}, 0s);
    EndedRequests strange = ended();
    strange.requests = {stream(9, 1, 1ms, BufferingKind::none), stream(0, 9, 1ms, BufferingKind::none)};
    figures.add(200ms, strange, {}, 0s);
    EXPECT_FALSE(figures.snapshot().ttft_p50.has_value());
}

}  // namespace
}  // namespace streamgauge::live
