#include "tests/report/buffering/recorded_streams.h"

#include "report/buffering/bursts.h"
#include "report/buffering/detector.h"
#include "report/buffering/tally.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using testing::RecordedStream;

/// How many of some streams the detector got right.
struct Share {
    std::size_t right = 0, all = 0;

    void add(bool is_right) {
        right += is_right ? 1 : 0;
        ++all;
    }
    double percent() const {
        return all == 0 ? 0 : 100 * static_cast<double>(right) / static_cast<double>(all);
    }
};

struct NamesOfKind {
    std::size_t right = 0, either = 0, wrong = 0;

    std::size_t all() const { return right + either + wrong; }
    double percent() const {
        return all() == 0 ? 0 : 100 * static_cast<double>(right) / static_cast<double>(all());
    }
};

struct Score {
    Share found, false_alarms, block_sizes;
    NamesOfKind timers, windows;
    std::string mistakes;  ///< one line each
};

bool is_held_truth(const std::string& truth) {
    constexpr std::array<std::string_view, 5> held{"full", "block", "time", "token-window", "compression"};
    return std::find(held.begin(), held.end(), truth) != held.end();
}

bool is_either(BufferingKind kind) {
    return kind == BufferingKind::timer_or_window || kind == BufferingKind::block_or_window;
}

/// An origin that releases 50 tokens at a time looks like a token window, whoever made it.
bool is_false_alarm(const RecordedStream& stream, const BufferingVerdict& verdict) {
    const bool window = verdict.kind == BufferingKind::token_window || is_either(verdict.kind);
    return verdict.is_buffered() && !(window && stream.generation == "window50");
}

void count_mistake(const RecordedStream& stream, const BufferingVerdict& verdict, std::string_view what,
                   Score& score) {
    score.mistakes += fmt::format("  {}: {} {} {} is {} {}, p95 hold {:.0f} ms; said {} {}: {}\n", what,
                                  stream.path, stream.generation, stream.event_size, stream.truth,
                                  stream.truth_parameter, stream.hold_p95_ms, to_string(verdict.kind),
                                  verdict.block_bytes.value_or(0), verdict.evidence);
}

void score_held_stream(const RecordedStream& stream, const BufferingVerdict& verdict, Score& score) {
    score.found.add(verdict.is_buffered());
    if (!verdict.is_buffered()) count_mistake(stream, verdict, "missed", score);
}

void count_name(BufferingKind expected, const RecordedStream& stream, const BufferingVerdict& verdict,
                NamesOfKind& names, Score& score) {
    if (verdict.kind == expected) {
        ++names.right;
    } else if (is_either(verdict.kind)) {
        ++names.either;
    } else {
        ++names.wrong;
        count_mistake(stream, verdict, "name", score);
    }
}

/// Counts streams whose buffering was seen: naming it wrongly is the error, "either" is not.
void score_name(const RecordedStream& stream, const BufferingVerdict& verdict, Score& score) {
    if (!verdict.is_buffered()) return;
    if (stream.truth == "time") count_name(BufferingKind::timer, stream, verdict, score.timers, score);
    if (stream.truth == "token-window")
        count_name(BufferingKind::token_window, stream, verdict, score.windows, score);
}

void score_block_size(const RecordedStream& stream, const BufferingVerdict& verdict, Score& score) {
    if (verdict.kind != BufferingKind::block || find_bursts(stream.timeline).size() < 3) return;
    const bool right = static_cast<double>(verdict.block_bytes.value_or(0)) == stream.truth_parameter;
    score.block_sizes.add(right);
    if (!right) count_mistake(stream, verdict, "size", score);
}

using Streams = std::vector<const RecordedStream*>;

Score score_detector(const Streams& streams) {
    Score score;
    for (const auto* stream : streams) {
        const auto verdict = detect_buffering(stream->timeline);
        const bool held = is_held_truth(stream->truth);
        if (held && stream->hold_p95_ms >= 150) score_held_stream(*stream, verdict, score);
        score_name(*stream, verdict, score);
        if (stream->truth == "block") score_block_size(*stream, verdict, score);
        if (!held && stream->truth != "error" && stream->hold_p95_ms < 40) {
            const bool alarm = is_false_alarm(*stream, verdict);
            score.false_alarms.add(alarm);
            if (alarm) count_mistake(*stream, verdict, "false alarm", score);
        }
    }
    return score;
}

std::string describe(const NamesOfKind& names) {
    return fmt::format("{} right, {} either, {} wrong of {}", names.right, names.either, names.wrong,
                       names.all());
}

std::string describe(const Score& score) {
    return fmt::format(
        "found {} of {} ({:.1f} %)\nfalse alarms {} of {}\nblock sizes {} of {} ({:.1f} %)\n"
        "timers, one stream: {}\ntoken windows, one stream: {}\n{}",
        score.found.right, score.found.all, score.found.percent(), score.false_alarms.right,
        score.false_alarms.all, score.block_sizes.right, score.block_sizes.all, score.block_sizes.percent(),
        describe(score.timers), describe(score.windows), score.mistakes);
}

/// A path that holds tokens by a timer or a window, with the streams that went through it.
struct RegularPath {
    std::string name;
    BufferingKind kind;
    double parameter;
    std::map<std::string, Streams> by_generation;
};

std::vector<RegularPath> regular_paths(const Streams& streams) {
    std::map<std::string, RegularPath> paths;
    for (const auto* stream : streams) {
        if (stream->truth != "time" && stream->truth != "token-window") continue;
        const auto kind = stream->truth == "time" ? BufferingKind::timer : BufferingKind::token_window;
        paths.try_emplace(stream->path, RegularPath{stream->path, kind, stream->truth_parameter, {}});
    }
    for (const auto* stream : streams) {
        const auto found = paths.find(stream->path);
        if (found != paths.end()) found->second.by_generation[stream->generation].push_back(stream);
    }
    std::vector<RegularPath> regular;
    for (auto& [name, path] : paths) {
        if (path.by_generation.size() >= 5) regular.push_back(std::move(path));
    }
    return regular;
}

BufferingVerdict pool(const Streams& streams) {
    BufferingTally tally;
    for (const auto* stream : streams)
        tally.add(detect_buffering(stream->timeline));
    return tally.pooled();
}

/// Right when it names the kind and the parameter, a timer's within 12 %.
bool names_rule(const RegularPath& path, const BufferingVerdict& verdict) {
    if (verdict.kind != path.kind) return false;
    if (path.kind == BufferingKind::token_window)
        return static_cast<double>(verdict.window_tokens.value_or(0)) == path.parameter;
    const double period = static_cast<double>(verdict.timer_period.value_or(0ns).count()) / 1e6;
    return std::abs(period - path.parameter) <= 0.12 * path.parameter;
}

void score_pool(const RegularPath& path, const Streams& streams, bool print, NamesOfKind& names) {
    const auto verdict = pool(streams);
    if (print) fmt::print("  {}: {}: {}\n", path.name, to_string(verdict.kind), verdict.evidence);
    if (names_rule(path, verdict))
        ++names.right;
    else if (is_either(verdict.kind))
        ++names.either;
    else
        ++names.wrong;
}

/// All streams of each path together.
NamesOfKind score_whole_pools(const std::vector<RegularPath>& paths) {
    NamesOfKind names;
    for (const auto& path : paths) {
        Streams all;
        for (const auto& [generation, streams] : path.by_generation)
            all.insert(all.end(), streams.begin(), streams.end());
        score_pool(path, all, true, names);
    }
    return names;
}

/// Five ways of generating at a time, drawn 100 times for each path.
NamesOfKind score_drawn_pools(const std::vector<RegularPath>& paths) {
    NamesOfKind names;
    std::mt19937 random(20261121);
    for (const auto& path : paths) {
        const auto before = names;
        std::vector<std::string> generations;
        for (const auto& [generation, streams] : path.by_generation)
            generations.push_back(generation);
        for (int draw = 0; draw < 100; ++draw) {
            std::shuffle(generations.begin(), generations.end(), random);
            Streams five;
            for (std::size_t i = 0; i < 5; ++i) {
                const auto& streams = path.by_generation.at(generations[i]);
                five.insert(five.end(), streams.begin(), streams.end());
            }
            score_pool(path, five, false, names);
        }
        fmt::print("  {}, drawn: {} right, {} either, {} wrong\n", path.name, names.right - before.right,
                   names.either - before.either, names.wrong - before.wrong);
    }
    return names;
}

class RecordedStreams : public ::testing::TestWithParam<std::string> {
  protected:
    /// Streams whose path is in one half of the split.
    static Streams half(const std::string& name) {
        static const auto all =
            testing::load_recorded_streams(STREAMGAUGE_SOURCE_DIR "/tests/report/buffering/traces.jsonl");
        static const auto halves =
            testing::load_split(STREAMGAUGE_SOURCE_DIR "/tests/report/buffering/split.txt");
        Streams chosen;
        for (const auto& stream : all) {
            if (halves.at(stream.path) == name) chosen.push_back(&stream);
        }
        return chosen;
    }
};

TEST_P(RecordedStreams, AreJudgedAsTheirTruthSays) {
    const auto score = score_detector(half(GetParam()));
    fmt::print("{}", describe(score));
    EXPECT_GE(score.found.percent(), 99);
    EXPECT_EQ(score.false_alarms.right, 0u);
    EXPECT_GE(score.block_sizes.percent(), 98);
}

TEST_P(RecordedStreams, NameTimersAndWindowsTogether) {
    const auto paths = regular_paths(half(GetParam()));
    const auto whole = score_whole_pools(paths);
    const auto drawn = score_drawn_pools(paths);
    fmt::print("pools of whole paths: {}\npools of 5 ways of generating: {}\n", describe(whole),
               describe(drawn));
    EXPECT_GE(whole.percent(), 95);
}

INSTANTIATE_TEST_SUITE_P(Halves, RecordedStreams, ::testing::Values("tune", "check"),
                         [](const auto& half) { return half.param; });

}  // namespace
}  // namespace streamgauge::report
