#include "tests/report/buffering/recorded_streams.h"

#include "report/buffering/bursts.h"
#include "report/buffering/detector.h"
#include "report/buffering/tally.h"
#include "tests/report/buffering/made_path.h"

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
using testing::MadePath;
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
    std::size_t right = 0, either = 0, undecided = 0, wrong = 0;

    std::size_t all() const { return right + either + undecided + wrong; }
    double percent() const {
        return all() == 0 ? 0 : 100 * static_cast<double>(right) / static_cast<double>(all());
    }
    void add(const NamesOfKind& other) {
        right += other.right;
        either += other.either;
        undecided += other.undecided;
        wrong += other.wrong;
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
    return fmt::format("{} right, {} either, {} undecided, {} wrong of {} ({:.1f} %)", names.right,
                       names.either, names.undecided, names.wrong, names.all(), names.percent());
}

std::string describe(const Score& score) {
    return fmt::format(
        "found {} of {} ({:.1f} %)\nfalse alarms {} of {}\nblock sizes {} of {} ({:.1f} %)\n"
        "timers, one stream: {}\ntoken windows, one stream: {}\n{}",
        score.found.right, score.found.all, score.found.percent(), score.false_alarms.right,
        score.false_alarms.all, score.block_sizes.right, score.block_sizes.all, score.block_sizes.percent(),
        describe(score.timers), describe(score.windows), score.mistakes);
}

using Timelines = std::vector<const StreamTimeline*>;

/// A path that holds tokens by a timer or a window, with the streams that went through it.
struct RegularPath {
    std::string name;
    BufferingKind kind;
    double parameter;
    std::map<std::string, Timelines> by_generation;
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
        if (found != paths.end())
            found->second.by_generation[stream->generation].push_back(&stream->timeline);
    }
    std::vector<RegularPath> regular;
    for (auto& [name, path] : paths) {
        if (path.by_generation.size() >= 5) regular.push_back(std::move(path));
    }
    return regular;
}

using Verdicts = std::vector<BufferingVerdict>;
using VerdictsByGeneration = std::map<std::string, Verdicts>;

VerdictsByGeneration judge(const RegularPath& path) {
    VerdictsByGeneration verdicts;
    for (const auto& [generation, timelines] : path.by_generation) {
        for (const auto* timeline : timelines)
            verdicts[generation].push_back(detect_buffering(*timeline));
    }
    return verdicts;
}

/// Right when it names the kind and the parameter, a timer's within 12 %.
bool names_rule(const RegularPath& path, const BufferingVerdict& verdict) {
    if (verdict.kind != path.kind) return false;
    if (path.kind == BufferingKind::token_window)
        return static_cast<double>(verdict.window_tokens.value_or(0)) == path.parameter;
    const double period = static_cast<double>(verdict.timer_period.value_or(0ns).count()) / 1e6;
    return std::abs(period - path.parameter) <= 0.12 * path.parameter;
}

void score_pool(const RegularPath& path, const BufferingVerdict& verdict, NamesOfKind& names) {
    if (names_rule(path, verdict)) {
        ++names.right;
    } else if (is_either(verdict.kind)) {
        ++names.either;
    } else if (verdict.kind == BufferingKind::unclear || verdict.kind == BufferingKind::insufficient) {
        ++names.undecided;
    } else {
        ++names.wrong;
    }
}

/// All streams of each path together.
NamesOfKind score_whole_pools(const std::vector<RegularPath>& paths) {
    NamesOfKind names;
    for (const auto& path : paths) {
        BufferingTally tally;
        for (const auto& [generation, verdicts] : judge(path)) {
            for (const auto& verdict : verdicts)
                tally.add(verdict);
        }
        const auto pooled = tally.pooled();
        fmt::print("  {}: {}: {}\n", path.name, to_string(pooled.kind), pooled.evidence);
        score_pool(path, pooled, names);
    }
    return names;
}

/// Five ways of generating at a time, drawn 100 times.
NamesOfKind score_drawn_pools(const RegularPath& path, std::mt19937& random) {
    const auto verdicts = judge(path);
    std::vector<std::string> generations;
    for (const auto& [generation, all] : verdicts)
        generations.push_back(generation);
    NamesOfKind names;
    for (int draw = 0; draw < 100; ++draw) {
        std::shuffle(generations.begin(), generations.end(), random);
        BufferingTally tally;
        for (std::size_t i = 0; i < 5; ++i) {
            for (const auto& verdict : verdicts.at(generations[i]))
                tally.add(verdict);
        }
        score_pool(path, tally.pooled(), names);
    }
    fmt::print("  {}, drawn: {}\n", path.name, describe(names));
    return names;
}

/// Paths whose one rule is known exactly, of periods and windows that no path here was recorded with, too.
std::vector<MadePath> made_paths() {
    using enum MadePath::Rule;
    std::vector<MadePath> paths{{"go 100 ms, 4096 bytes", timer, 100, 4096},
                                {"go 250 ms, 8192 bytes", timer, 250, 8192}};
    for (const double ms : {100, 150, 250, 500, 1000})
        paths.push_back({fmt::format("ticker {} ms", ms), ticker, ms});
    for (const double ms : {100, 200, 400})
        paths.push_back({fmt::format("timer {} ms", ms), timer, ms});
    for (const double tokens : {5, 10, 20, 25, 30, 40, 50, 64})
        paths.push_back({fmt::format("window {} tokens", tokens), window, tokens});
    return paths;
}

/// The streams of one recorded path, as `made` would have let them through.
struct MadeStreams {
    MadeStreams(const MadePath& made, const Streams& streams, std::mt19937& random)
        : path{made.name,
               made.rule == MadePath::Rule::window ? BufferingKind::token_window : BufferingKind::timer,
               made.parameter,
               {}} {
        timelines.reserve(streams.size());
        for (const auto* stream : streams) {
            timelines.push_back(testing::pass_through(made, stream->timeline, random));
            path.by_generation[stream->generation].push_back(&timelines.back());
        }
    }

    std::vector<StreamTimeline> timelines;
    RegularPath path;
};

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
    const auto whole = score_whole_pools(regular_paths(half(GetParam())));
    fmt::print("pools of whole paths: {}\n", describe(whole));
    EXPECT_GE(whole.percent(), 95);
}

/// haproxy-default lets go after 200 ms or once a TCP segment is full, whichever comes first. Where no stream
/// was slow enough for the time to show, the segment is all there is to see; it is printed, and left out.
TEST_P(RecordedStreams, NameTimersAndWindowsOfFiveWaysOfGenerating) {
    std::mt19937 random(20261121);
    NamesOfKind drawn;
    for (const auto& path : regular_paths(half(GetParam()))) {
        const auto names = score_drawn_pools(path, random);
        if (path.name != "haproxy-default") drawn.add(names);
    }
    fmt::print("pools of 5 ways of generating: {}\n", describe(drawn));
    EXPECT_GE(drawn.percent(), 95);
}

/// What the half for tuning sent, behind paths that were not recorded.
TEST_F(RecordedStreams, NameTheRuleOfPathsThatAreMade) {
    std::mt19937 random(20261121);
    Streams streams;
    for (const auto* stream : half("tune")) {
        if (stream->path == "tok5") streams.push_back(stream);
    }
    NamesOfKind drawn;
    for (const auto& path : made_paths())
        drawn.add(score_drawn_pools(MadeStreams(path, streams, random).path, random));
    fmt::print("pools of 5 ways of generating, made paths: {}\n", describe(drawn));
    EXPECT_GE(drawn.percent(), 95);
    EXPECT_LE(drawn.wrong * 50, drawn.all());
}

INSTANTIATE_TEST_SUITE_P(Halves, RecordedStreams, ::testing::Values("tune", "check"),
                         [](const auto& half) { return half.param; });

}  // namespace
}  // namespace streamgauge::report
