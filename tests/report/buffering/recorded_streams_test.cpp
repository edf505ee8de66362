#include "tests/report/buffering/recorded_streams.h"

#include "report/buffering/bursts.h"
#include "report/buffering/detector.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {
namespace {

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

/// An origin that releases 50 tokens at a time looks like a token window, whoever made it.
bool is_false_alarm(const RecordedStream& stream, const BufferingVerdict& verdict) {
    const bool window =
        verdict.kind == BufferingKind::token_window || verdict.kind == BufferingKind::timer_or_window;
    return verdict.is_buffered() && !(window && stream.generation == "window50");
}

void count_name(BufferingKind expected, BufferingKind kind, NamesOfKind& names) {
    if (kind == expected)
        ++names.right;
    else if (kind == BufferingKind::timer_or_window)
        ++names.either;
    else
        ++names.wrong;
}

void count_mistake(const RecordedStream& stream, const BufferingVerdict& verdict, std::string_view what,
                   Score& score) {
    score.mistakes +=
        fmt::format("  {}: {} {} is {} {}, p95 hold {:.0f} ms; said {} {}: {}\n", what, stream.path,
                    stream.generation, stream.truth, stream.truth_parameter, stream.hold_p95_ms,
                    to_string(verdict.kind), verdict.block_bytes.value_or(0), verdict.evidence);
}

void score_held_stream(const RecordedStream& stream, const BufferingVerdict& verdict, Score& score) {
    score.found.add(verdict.is_buffered());
    if (!verdict.is_buffered()) count_mistake(stream, verdict, "missed", score);
}

/// Counts streams whose buffering was seen: naming it wrongly is the error, "either" is not.
void score_name(const RecordedStream& stream, const BufferingVerdict& verdict, Score& score) {
    if (!verdict.is_buffered()) return;
    if (stream.truth == "time") count_name(BufferingKind::timer, verdict.kind, score.timers);
    if (stream.truth == "token-window") count_name(BufferingKind::token_window, verdict.kind, score.windows);
}

void score_block_size(const RecordedStream& stream, const BufferingVerdict& verdict, Score& score) {
    if (verdict.kind != BufferingKind::block || find_bursts(stream.timeline).size() < 3) return;
    const bool right = static_cast<double>(verdict.block_bytes.value_or(0)) == stream.truth_parameter;
    score.block_sizes.add(right);
    if (!right) count_mistake(stream, verdict, "size", score);
}

Score score_detector(const std::vector<RecordedStream>& streams) {
    Score score;
    for (const auto& stream : streams) {
        const auto verdict = detect_buffering(stream.timeline);
        const bool held = is_held_truth(stream.truth);
        if (held && stream.hold_p95_ms >= 150) score_held_stream(stream, verdict, score);
        score_name(stream, verdict, score);
        if (stream.truth == "block") score_block_size(stream, verdict, score);
        if (!held && stream.truth != "error" && stream.hold_p95_ms < 40) {
            const bool alarm = is_false_alarm(stream, verdict);
            score.false_alarms.add(alarm);
            if (alarm) count_mistake(stream, verdict, "false alarm", score);
        }
    }
    return score;
}

std::string describe(const Score& score) {
    const auto names = [](const NamesOfKind& n) {
        return fmt::format("{} right, {} either, {} wrong", n.right, n.either, n.wrong);
    };
    return fmt::format(
        "found {} of {} ({:.1f} %)\nfalse alarms {} of {}\nblock sizes {} of {} ({:.1f} %)\n"
        "timers: {}\ntoken windows: {}\n{}",
        score.found.right, score.found.all, score.found.percent(), score.false_alarms.right,
        score.false_alarms.all, score.block_sizes.right, score.block_sizes.all, score.block_sizes.percent(),
        names(score.timers), names(score.windows), score.mistakes);
}

class RecordedStreams : public ::testing::Test {
  protected:
    static const std::vector<RecordedStream>& streams() {
        static const auto streams =
            testing::load_recorded_streams(STREAMGAUGE_SOURCE_DIR "/tests/report/buffering/traces.jsonl");
        return streams;
    }
};

TEST_F(RecordedStreams, AreJudgedAsTheirTruthSays) {
    const auto score = score_detector(streams());
    fmt::print("{}", describe(score));
    EXPECT_GE(score.found.percent(), 98);
    EXPECT_EQ(score.false_alarms.right, 0u);
    EXPECT_GE(score.block_sizes.percent(), 97);
}

}  // namespace
}  // namespace streamgauge::report
