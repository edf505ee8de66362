#include "report/stats/change.h"

#include "report/stats/holm.h"
#include "tests/report/stats/simulated_run.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using testing::SimulatedLoad;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int invocations = 12;
#else
constexpr int invocations = 400;
#endif

RunFigure duration(double ms, double standard_error, std::size_t blocks = 30) {
    return {.scale = FigureScale::ratio,
            .value = ms * 1e6,
            .location = std::log(ms * 1e6),
            .variance = standard_error * standard_error,
            .blocks = blocks,
            .samples = 1000};
}

RunFigure share(double value, double standard_error) {
    return {.scale = FigureScale::share,
            .value = value,
            .location = value,
            .variance = standard_error * standard_error,
            .blocks = 30,
            .samples = 1000};
}

Change compare(std::vector<RunFigure> baselines, const RunFigure& candidate) {
    return *compare_figures(baselines, candidate);
}

ChangeVerdict judge(const Change& change) {
    return judge_change(change, change.p_value, {});
}

TEST(CompareFigures, GivesTheRelativeChangeWithItsBounds) {
    const auto change = compare({duration(100, 0.01)}, duration(110, 0.01));
    EXPECT_NEAR(change.change, 0.1, 1e-9);
    EXPECT_NEAR(change.low, 0.1 - 0.031, 0.002);
    EXPECT_NEAR(change.high, 0.1 + 0.031, 0.002);
    EXPECT_LT(change.p_value, 1e-6);
    EXPECT_TRUE(change.within_run);
}

TEST(CompareFigures, GivesTheDifferenceOfShares) {
    const auto change = compare({share(0.01, 0.002)}, share(0.03, 0.002));
    EXPECT_NEAR(change.change, 0.02, 1e-9);
    EXPECT_GT(change.low, 0.01);
}

TEST(CompareFigures, PredictsOneMoreRunFromThree) {
    // Mean 100, s = 0.0693 on the logarithm; t(2) = 4.303; 4.303 * s * sqrt(4 / 3) = 0.3443
    const double e = std::exp(0.0693147);
    const auto change =
        compare({duration(100, 0), duration(100 * e, 0), duration(100 / e, 0)}, duration(100, 0));
    EXPECT_FALSE(change.within_run);
    EXPECT_NEAR(change.change, 0, 1e-9);
    EXPECT_NEAR(std::log1p(change.high), 0.3444, 0.0005);
    EXPECT_NEAR(change.p_value, 1, 1e-9);
}

TEST(CompareFigures, AllowsForACandidateThatIsShorterThanItsBaselines) {
    const std::vector<RunFigure> baselines{duration(100, 0.01), duration(101, 0.01), duration(99, 0.01)};
    EXPECT_GT(compare(baselines, duration(100, 0.2)).high, 2 * compare(baselines, duration(100, 0.01)).high);
}

TEST(CompareFigures, SaysWhereTheCandidateFallsAmongTimeouts) {
    auto beyond = duration(100, 0);
    beyond.value = censored_value;
    beyond.beyond = 1;
    const auto change = compare({duration(100, 0.01)}, beyond);
    EXPECT_TRUE(change.beyond);
    EXPECT_EQ(judge(change).kind, ChangeKind::worse);
    EXPECT_FALSE(compare_figures(std::array{beyond}, duration(100, 0.01)));
}

TEST(JudgeChange, DemandsSignificanceAndBothFloors) {
    EXPECT_EQ(judge(compare({duration(100, 0.01)}, duration(110, 0.01))).kind, ChangeKind::worse);
    EXPECT_EQ(judge(compare({duration(110, 0.01)}, duration(100, 0.01))).kind, ChangeKind::better);
    EXPECT_EQ(judge(compare({duration(100, 0.1)}, duration(110, 0.1))).kind, ChangeKind::undecided);
    EXPECT_EQ(judge(compare({duration(100, 0.001)}, duration(103, 0.001))).kind, ChangeKind::same)
        << "less than 5 %";
    EXPECT_EQ(judge(compare({duration(10, 0.01)}, duration(11.5, 0.01))).kind, ChangeKind::same)
        << "less than 2 ms";
}

TEST(JudgeChange, GoesByTheAdjustedProbability) {
    const auto change = compare({duration(100, 0.025)}, duration(110, 0.025));
    ASSERT_LT(change.p_value, 0.02);
    EXPECT_EQ(judge_change(change, 0.06, {}).kind, ChangeKind::undecided);
}

TEST(JudgeChange, SaysHowManyMoreRequestsWouldTell) {
    const auto verdict = judge(compare({duration(100, 0.05)}, duration(110, 0.05)));
    ASSERT_TRUE(verdict.more_requests);
    EXPECT_NEAR(static_cast<double>(*verdict.more_requests), 1200, 400);
    const std::vector<RunFigure> three{duration(100, 0), duration(120, 0), duration(80, 0)};
    EXPECT_FALSE(judge(compare(three, duration(110, 0))).more_requests) << "it takes runs, not requests";
}

TEST(JudgeChange, JudgesSharesByTheirOwnFloor) {
    EXPECT_EQ(judge(compare({share(0.01, 0.001)}, share(0.03, 0.001))).kind, ChangeKind::worse);
    EXPECT_EQ(judge(compare({share(0, 0.0001)}, share(0.0005, 0.0001))).kind, ChangeKind::same);
}

/// The default gate of one invocation: ttft.p95, tpot.p95 and errors.
struct Run {
    std::array<RunFigure, 3> figures;

    Run(const SimulatedLoad& load, double slower, std::mt19937_64& random)
        : figures{quantile(load, slower, random), quantile(load, slower, random), errors(load, random)} {}

    static RunFigure quantile(const SimulatedLoad& load, double slower, std::mt19937_64& random) {
        const auto sample = testing::in_blocks(testing::simulate_run(load, slower, random), 1s);
        return *quantile_figure(sample, 0.95, random());
    }
    static RunFigure errors(const SimulatedLoad& load, std::mt19937_64& random) {
        return *share_figure(testing::in_blocks(testing::simulate_errors(load, 2.5, random), 1s));
    }
};

/// The verdicts of one invocation after Holm's correction.
std::array<ChangeKind, 3> judge_runs(const std::vector<Run>& baselines, const Run& candidate) {
    std::vector<Change> changes;
    std::vector<double> p_values;
    for (std::size_t i = 0; i < 3; ++i) {
        std::vector<RunFigure> figures;
        figures.reserve(baselines.size());
        for (const auto& run : baselines)
            figures.push_back(run.figures[i]);
        changes.push_back(compare(figures, candidate.figures[i]));
        p_values.push_back(changes.back().p_value);
    }
    const auto adjusted = holm_adjusted(p_values);
    std::array<ChangeKind, 3> kinds{};
    for (std::size_t i = 0; i < 3; ++i)
        kinds[i] = judge_change(changes[i], adjusted[i], {}).kind;
    return kinds;
}

struct Tally {
    int worse = 0;    ///< invocations with a `worse`
    int claimed = 0;  ///< invocations with a `worse` or a `better`
    int found = 0;    ///< invocations that call ttft.p95 worse
};

Tally simulate(const SimulatedLoad& load, std::size_t baselines, double slower, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    Tally tally;
    for (int i = 0; i < invocations; ++i) {
        std::vector<Run> base;
        for (std::size_t run = 0; run < baselines; ++run)
            base.emplace_back(load, 1, random);
        const auto kinds = judge_runs(base, Run(load, slower, random));
        const auto has = [&](ChangeKind kind) { return std::ranges::find(kinds, kind) != kinds.end(); };
        tally.worse += has(ChangeKind::worse) ? 1 : 0;
        tally.claimed += has(ChangeKind::worse) || has(ChangeKind::better) ? 1 : 0;
        tally.found += kinds[0] == ChangeKind::worse ? 1 : 0;
    }
    return tally;
}

std::string describe(const SimulatedLoad& load) {
    return fmt::format("{} requests a run, CV {}, autocorrelation {}, run effect {}", load.requests,
                       load.coefficient_of_variation, load.autocorrelation, load.run_effect);
}

void expect_few_false_alarms(const SimulatedLoad& load, std::size_t baselines, std::uint64_t seed) {
    const auto tally = simulate(load, baselines, 1, seed);
    fmt::print("equal runs, baselines: {}, {}: {} of {} invocations say worse, {} worse or better\n",
               baselines, describe(load), tally.worse, invocations, tally.claimed);
    // Of few invocations one alarm is more than 5 %, and may come.
    EXPECT_LE(tally.worse, std::max(2, invocations / 20));
}

TEST(CompareSimulatedRuns, RaisesFewFalseAlarmsWhereNeighboursAreAlike) {
    for (const double autocorrelation : {0.0, 0.5, 0.9})
        expect_few_false_alarms({.requests = 1000, .autocorrelation = autocorrelation}, 1, 11);
    expect_few_false_alarms({.requests = 1000, .coefficient_of_variation = 1, .autocorrelation = 0.5}, 1, 12);
}

TEST(CompareSimulatedRuns, RaisesFewFalseAlarmsWhereRunsDiffer) {
    for (const std::size_t baselines : {3, 5})
        expect_few_false_alarms({.requests = 500, .autocorrelation = 0.5, .run_effect = 0.05}, baselines, 13);
}

void expect_found(const SimulatedLoad& load, std::size_t baselines, int least_percent, std::uint64_t seed) {
    const auto tally = simulate(load, baselines, 1.1, seed);
    fmt::print(
        "a tenth slower, baselines: {}, {}: ttft.p95 called worse in {} of {} invocations ({:.1f} %)\n",
        baselines, describe(load), tally.found, invocations, 100.0 * tally.found / invocations);
    EXPECT_GE(tally.found * 100, invocations * least_percent);
}

TEST(CompareSimulatedRuns, FindsATenthMore) {
    expect_found({.requests = 500, .autocorrelation = 0.5}, 1, 0, 14);
    expect_found({.requests = 1000, .autocorrelation = 0.5}, 1, 0, 14);
    expect_found({.requests = 2000, .autocorrelation = 0.5}, 1, 85, 14);
    expect_found({.requests = 4000, .autocorrelation = 0.5}, 1, 95, 14);
}

TEST(CompareSimulatedRuns, FindsATenthMoreBeyondWhatRunsDifferBy) {
    expect_found({.requests = 2000, .autocorrelation = 0.5, .run_effect = 0.01}, 3, 0, 15);
    expect_found({.requests = 2000, .autocorrelation = 0.5, .run_effect = 0.01}, 8, 85, 15);
}

}  // namespace
}  // namespace streamgauge::report
