#include "report/buffering/delay_curve.h"

#include "report/buffering/hop_verdict.h"
#include "tests/report/buffering/recorded_streams.h"
#include "tests/report/timeline_builder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using testing::RecordedStream;
using testing::TimelineBuilder;

double ms(nanoseconds value) {
    return static_cast<double>(value.count()) / 1e6;
}

TimelineBuilder steady(nanoseconds first) {
    return TimelineBuilder().steady_tokens(100, first, 20ms);
}

/// 100 tokens made every 20 ms from 100 ms on, 20 of them at a time.
TimelineBuilder windowed() {
    TimelineBuilder builder;
    for (int i = 1; i <= 5; ++i)
        builder.read(80ms + i * 400ms).events(20);
    return builder;
}

std::vector<DelayCurve> pairs_of(const TimelineBuilder& path, const TimelineBuilder& direct,
                                 std::size_t count) {
    return std::vector(count, *delay_curve(path.build(), direct.build()));
}

TEST(DelayCurveTest, NeedsSixTokensOnBothSides) {
    const auto few = TimelineBuilder().steady_tokens(5, 100ms, 20ms);
    EXPECT_FALSE(delay_curve(few.build(), steady(100ms).build()));
    EXPECT_FALSE(delay_curve(steady(100ms).build(), few.build()));
    EXPECT_FALSE(delay_curve(TimelineBuilder().build(), TimelineBuilder().build()));
}

TEST(DelayCurveTest, RefusesStampsOutOfOrder) {
    auto builder = steady(100ms);
    builder.raw().reads[10].arrival = TimelineBuilder::at(1h);
    EXPECT_FALSE(delay_curve(builder.build(), steady(100ms).build()));
}

TEST(DelayCurveTest, OfAConstantDelayIsFlat) {
    const auto curve = delay_curve(steady(180ms).build(), steady(100ms).build());
    ASSERT_TRUE(curve);
    for (const double delay : *curve)
        EXPECT_NEAR(delay, 80e6, 1);
}

TEST(DelayCurveTest, ComparesAnswersOfDifferentLengthByShare) {
    const auto longer = TimelineBuilder().steady_tokens(200, 100ms, 10ms);
    const auto curve = delay_curve(longer.build(), steady(100ms).build());
    ASSERT_TRUE(curve);
    for (const double delay : *curve)
        EXPECT_NEAR(delay, 0, 10.1e6);
}

TEST(DelayCurveTest, GoesStraightOverWhatTheClientBlurred) {
    auto builder = TimelineBuilder().steady_tokens(40, 100ms, 20ms);
    builder.read(1080ms, 200ms).events(10);
    for (int i = 50; i < 100; ++i)
        builder.token(100ms + i * 20ms);
    const auto curve = delay_curve(builder.build(), steady(100ms).build());
    ASSERT_TRUE(curve);
    for (const double delay : *curve)
        EXPECT_NEAR(delay, 0, 1);
}

TEST(PairedHoldTest, NeedsFivePairs) {
    EXPECT_FALSE(hold_of_pairs({}, 1));
    EXPECT_FALSE(hold_of_pairs(pairs_of(steady(180ms), steady(100ms), 4), 1));
    EXPECT_TRUE(hold_of_pairs(pairs_of(steady(180ms), steady(100ms), 5), 1));
}

TEST(PairedHoldTest, CallsAConstantDelayLag) {
    const auto hold = hold_of_pairs(pairs_of(steady(180ms), steady(100ms), 6), 1);
    EXPECT_NEAR(ms(hold->lag.value), 80, 0.01);
    EXPECT_NEAR(ms(hold->hold_mean.value), 0, 0.01);
    EXPECT_NEAR(ms(hold->hold_p95.value), 0, 0.01);
    EXPECT_EQ(hold->pairs, 6u);
}

TEST(PairedHoldTest, CallsTheRestHold) {
    // Of 20 tokens made every 20 ms the first waits 380 ms, the last not at all.
    const auto hold = hold_of_pairs(pairs_of(windowed(), steady(100ms), 6), 1);
    EXPECT_NEAR(ms(hold->lag.value), 0, 10);
    EXPECT_NEAR(ms(hold->hold_mean.value), 190, 10);
    EXPECT_NEAR(ms(hold->hold_p95.value), 370, 20);
}

TEST(PairedHoldTest, HasAnIntervalAsWideAsThePairsDiffer) {
    std::vector<DelayCurve> pairs;
    pairs.reserve(10);
    for (int i = 0; i < 10; ++i)
        pairs.push_back(*delay_curve(steady(150ms + i * 10ms).build(), steady(100ms).build()));
    const auto hold = hold_of_pairs(pairs, 1);
    EXPECT_NEAR(ms(hold->lag.value), 95, 0.01);
    // Standard error of the mean of ten: 28.7 ms / sqrt(10) = 9.1 ms.
    EXPECT_NEAR(ms(hold->lag.low), 95 - 17.8, 4);
    EXPECT_NEAR(ms(hold->lag.high), 95 + 17.8, 4);
    const auto again = hold_of_pairs(pairs, 1);
    EXPECT_EQ(hold->lag.low, again->lag.low);
    const auto alike = hold_of_pairs(pairs_of(steady(180ms), steady(100ms), 10), 1);
    EXPECT_EQ(alike->lag.low, alike->lag.high);
}

/// Recorded streams of one path, by way of generating, in the order of their seeds.
using ByGeneration = std::map<std::string, std::vector<const RecordedStream*>>;

struct RecordedPair {
    DelayCurve curve;
    double hold_ms;  ///< mean over the tokens, from the origin's stamps, less what the origin itself held
};

double mean_hold(const StreamTimeline& timeline) {
    double sum = 0, least = 1e9;
    for (std::size_t i = 0; i < timeline.tokens.size(); ++i) {
        const double delay = ms(timeline.arrival(i) - TimelineBuilder::run_start - timeline.stamps[i].sent);
        sum += delay;
        least = std::min(least, delay);
    }
    return sum / static_cast<double>(timeline.tokens.size()) - least;
}

std::vector<RecordedPair> pairs_with_direct(const ByGeneration& path, const ByGeneration& direct) {
    std::vector<RecordedPair> pairs;
    for (const auto& [generation, streams] : path) {
        const auto found = direct.find(generation);
        if (found == direct.end()) continue;
        for (std::size_t i = 0; i < std::min(streams.size(), found->second.size()); ++i) {
            const auto& path_stream = streams[i]->timeline;
            const auto& direct_stream = found->second[i]->timeline;
            const auto curve = delay_curve(path_stream, direct_stream);
            if (curve) pairs.push_back({*curve, mean_hold(path_stream) - mean_hold(direct_stream)});
        }
    }
    return pairs;
}

double true_mean(const std::vector<RecordedPair>& pairs) {
    double sum = 0;
    for (const auto& pair : pairs)
        sum += pair.hold_ms;
    return sum / static_cast<double>(pairs.size());
}

/// The full cross of paths and ways of generating.
const std::map<std::string, ByGeneration>& recorded_paths() {
    static const auto streams =
        testing::load_recorded_streams(STREAMGAUGE_SOURCE_DIR "/tests/report/buffering/traces.jsonl");
    static const auto paths = [] {
        std::map<std::string, ByGeneration> by_path;
        for (const auto& stream : streams) {
            if (stream.generation != "steady" && stream.event_size == "openai")
                by_path[stream.path][stream.generation].push_back(&stream);
        }
        return by_path;
    }();
    return paths;
}

/// Paths with at least ten pairs of the same seed.
std::map<std::string, std::vector<RecordedPair>> recorded_pairs() {
    const auto& paths = recorded_paths();
    std::map<std::string, std::vector<RecordedPair>> pairs;
    for (const auto& [path, by_generation] : paths) {
        auto found = pairs_with_direct(by_generation, paths.at("direct"));
        if (path != "direct" && found.size() >= 10) pairs.emplace(path, std::move(found));
    }
    return pairs;
}

TEST(RecordedPairs, NeverCallAConstantLagHold) {
    const auto paths = recorded_pairs();
    for (const std::string path : {"lag80", "haproxy-nodelay", "nginx-off", "starlette"}) {
        ASSERT_TRUE(paths.contains(path));
        std::vector<DelayCurve> curves;
        for (const auto& pair : paths.at(path))
            curves.push_back(pair.curve);
        const auto hold = hold_of_pairs(curves, 1);
        fmt::print("{}: {} pairs, lag {:.1f} ms, hold mean {:.1f} p95 {:.1f} ms\n", path, hold->pairs,
                   ms(hold->lag.value), ms(hold->hold_mean.value), ms(hold->hold_p95.value));
        EXPECT_LT(ms(hold->hold_p95.value), 10) << path;
        EXPECT_NEAR(ms(hold->lag.value), path == "lag80" ? 80 : 0, 5) << path;
    }
}

/// Streams of different seeds are answers to different prompts: their rhythms differ although the path holds
/// nothing.
TEST(RecordedPairs, DoNotShowHoldWhereAnswersDiffer) {
    const auto& paths = recorded_paths();
    for (const std::string path : {"lag80", "haproxy-nodelay", "nginx-off", "starlette"}) {
        std::vector<DelayCurve> curves;
        for (const auto& [generation, streams] : paths.at(path)) {
            const auto& direct = paths.at("direct").at(generation);
            for (std::size_t i = 0; i < streams.size(); ++i) {
                const auto curve =
                    delay_curve(streams[i]->timeline, direct[(i + 1) % direct.size()]->timeline);
                if (curve) curves.push_back(*curve);
            }
        }
        std::mt19937 random(20261121);
        std::size_t shown = 0;
        for (int draw = 0; draw < 20; ++draw) {
            std::shuffle(curves.begin(), curves.end(), random);
            const auto hold = hold_of_pairs(std::span(curves).first(10), 1);
            if (shows_hold(*hold)) ++shown;
            if (draw == 0) {
                fmt::print("{}, other seeds: lag {:.1f}, hold p95 {:.1f} ({:.1f} to {:.1f}) ms\n", path,
                           ms(hold->lag.value), ms(hold->hold_p95.value), ms(hold->hold_p95.low),
                           ms(hold->hold_p95.high));
            }
        }
        EXPECT_EQ(shown, 0u) << path;
    }
}

/// Ten pairs of one way of generating: those of its seeds, over and over, because no more were recorded.
TEST(RecordedPairs, MeasureHoldWithin30Milliseconds) {
    std::vector<double> errors;
    for (const auto& [path, by_generation] : recorded_paths()) {
        if (path == "direct" || by_generation.size() < 10) continue;
        for (const auto& [generation, streams] : by_generation) {
            const auto pairs = pairs_with_direct({{generation, streams}}, recorded_paths().at("direct"));
            if (pairs.empty()) continue;
            std::vector<DelayCurve> curves;
            for (std::size_t i = 0; i < 10; ++i)
                curves.push_back(pairs[i % pairs.size()].curve);
            const auto hold = hold_of_pairs(curves, 1);
            const double error = std::abs(ms(hold->hold_mean.value) - true_mean(pairs));
            if (error > 30) {
                fmt::print("  {} {}: hold {:.0f} ms, truly {:.0f}\n", path, generation,
                           ms(hold->hold_mean.value), true_mean(pairs));
            }
            errors.push_back(error);
        }
    }
    std::ranges::sort(errors);
    const double p90 = errors[errors.size() * 9 / 10];
    fmt::print(
        "error of mean hold over {} paths and ways of generating: median {:.1f} ms, p90 {:.1f} ms, "
        "worst {:.1f} ms\n",
        errors.size(), errors[errors.size() / 2], p90, errors.back());
    EXPECT_LE(p90, 30);
}

}  // namespace
}  // namespace streamgauge::report
