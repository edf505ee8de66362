#include "bench/live/view.h"

#include "bench/live/screen_block.h"

#include <gmock/gmock.h>

#include <map>

namespace streamgauge::live {
namespace {

using namespace std::chrono_literals;
using report::BufferingKind;
using report::Outcome;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr ViewStyle plain{false, false};

Snapshot busy() {
    Snapshot shown;
    shown.scenario = "gateways";
    shown.phases = {{"warm-up", 10s, true}, {"steady", 60s, false}, {"peak", 30s, false}};
    shown.phase = 1;
    shown.elapsed = 40s;
    shown.drain_left = 90s;
    shown.streams_open = 812;
    shown.requests_done = 4210;
    shown.errors = 42;
    shown.requests_per_second = 103.4;
    shown.tokens_per_second = 48120.4;
    shown.ttft_p50 = 212ms;
    shown.ttft_p95 = 312ms;
    shown.open_series = shown.requests_series = shown.tokens_series = Series(40, 800.0);
    shown.errors_series = Series(40, 0.0);
    shown.ttft_p50_series = Series(40, 2e8);
    shown.ttft_p95_series = Series(40, 3e8);
    shown.ttft_p95_series[20] = 12e8;
    shown.outcomes[static_cast<std::size_t>(Outcome::completed)] = 4168;
    shown.outcomes[static_cast<std::size_t>(Outcome::http_error)] = 40;
    shown.outcomes[static_cast<std::size_t>(Outcome::timeout_idle)] = 2;
    shown.targets.resize(2);
    shown.targets[0] = {"direct", 2105, 0, 210ms, {}};
    shown.targets[0].buffering.kind = BufferingKind::none;
    shown.targets[1] = {"gateway", 2105, 42, 333ms, {}};
    shown.targets[1].buffering.kind = BufferingKind::full;
    shown.client.send_lag_p99 = 120us;
    shown.client.send_lag_limit = 10ms;
    shown.client.busy_share = 0.12;
    return shown;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines)
        text += line + '\n';
    return text;
}

std::string drawn(const Snapshot& snapshot, std::size_t width = 100, std::size_t height = 30) {
    return joined(view(snapshot, width, height, plain));
}

TEST(View, ShowsARunInAFewLines) {
    EXPECT_EQ(
        drawn(busy()),
        R"(  gateways  steady, phase 2 of 3                                  phase 0:30, run 1:00 of 1:40 left
  ======== =============================---------------------------- ------------------------------

  streams     812 open   ========================================  most 812
  requests       103/s   ========================================  4,210 done
  tokens      48,120/s   ========================================  most 48,120
  TTFT p50       212ms   ========================================  up to 212ms
  TTFT p95       312ms   --------------------#-------------------  up to 1.2s
  errors    42 (1.00%)   ........................................  http error 40 (0.95%), 1 more

  direct    2,105 done  TTFT p95 210ms  no errors    streams
  gateway   2,105 done  TTFT p95 333ms  2.0% errors  holds back: full
  client      keeps up  busy 12%  send lag p99 120us
  Ctrl-C stops and writes the report                                             a mark is a second
)");
}

TEST(View, UsesBlocksWhereThereIsUnicodeAndColourWhereItIsWanted) {
    const auto unicode = joined(view(busy(), 100, 30, {false, true}));
    EXPECT_THAT(unicode, AllOf(HasSubstr("━━━━ ━━━━"), HasSubstr("▄▄▄▄▄▄"), HasSubstr("▂▂█▂▂")));
    EXPECT_THAT(unicode, Not(HasSubstr("\x1b")));
    const auto coloured = joined(view(busy(), 100, 30, {true, true}));
    EXPECT_THAT(coloured, AllOf(HasSubstr("\x1b[32mstreams\x1b[0m"), HasSubstr("\x1b[31mholds back: full")));
}

void expect_fits(const std::vector<std::string>& lines, std::size_t width, std::size_t height) {
    EXPECT_GE(lines.size(), 1u);
    EXPECT_LE(lines.size(), std::max<std::size_t>(height, 2) - 1) << width << "x" << height;
    for (const auto& line : lines) {
        EXPECT_LE(visible_width(line), std::max<std::size_t>(width, 2) - 1) << line;
        EXPECT_LE(visible_width(line), 132u);
        EXPECT_EQ(line.find('\n'), std::string::npos);
    }
}

/// Every line fits, whatever the window, with colours and without.
TEST(View, FitsEveryWindow) {
    auto many = busy();
    many.targets.resize(5, many.targets[1]);
    many.scenario = std::string(300, 'x');
    for (const auto& snapshot : {busy(), many}) {
        for (std::size_t width = 0; width < 220; ++width) {
            for (const std::size_t height : {0u, 1u, 2u, 4u, 5u, 8u, 10u, 14u, 30u, 90u}) {
                expect_fits(view(snapshot, width, height, {true, true}), width, height);
            }
        }
    }
}

TEST(View, OneLineIsLeftInANarrowOrALowWindow) {
    EXPECT_THAT(view(busy(), 30, 30, plain), SizeIs(1));
    EXPECT_THAT(view(busy(), 100, 3, plain), SizeIs(1));
    EXPECT_THAT(view(busy(), 100, 2, plain).front(), StartsWith("0:40/1:40  steady  812 open  4,210 done"));
    EXPECT_EQ(one_line_view(busy(), 200),
              "0:40/1:40  steady  812 open  4,210 done  42 errors  ttft p95 312ms  48,120 tokens/s");
}

TEST(View, LowWindowKeepsWhatTellsMost) {
    const auto lines = view(busy(), 60, 10, plain);
    EXPECT_THAT(lines, SizeIs(9));
    const auto text = joined(lines);
    for (const auto* kept : {"phase 0:30, run 1:00 of 1:40 left", "requests", "TTFT p95", "errors", "direct",
                             "holds back: full"})
        EXPECT_THAT(text, HasSubstr(kept));
    for (const auto* left_out : {"Ctrl-C", "keeps up", "TTFT p50"})
        EXPECT_THAT(text, Not(HasSubstr(left_out)));
}

TEST(View, ManyTargetsShareALine) {
    auto many = busy();
    many.targets.resize(7, many.targets[0]);
    const auto text = drawn(many);
    EXPECT_THAT(text, HasSubstr("targets       6 of 7 stream  1 held back: gateway (full)\n"));
    EXPECT_THAT(text, Not(HasSubstr("direct")));
}

TEST(View, FewTargetsShareALineWhereThereIsNoRoomForThem) {
    auto many = busy();
    many.targets.resize(6, many.targets[0]);
    EXPECT_THAT(drawn(many, 100, 10), HasSubstr("5 of 6 stream  1 held back: gateway (full)"));
    EXPECT_THAT(drawn(many, 100, 30), Not(HasSubstr("5 of 6")));
}

TEST(View, NamesEveryKindOfBuffering) {
    const std::map<BufferingKind, std::string> words{
        {BufferingKind::none, "streams"},
        {BufferingKind::instant, "answers at once"},
        {BufferingKind::insufficient, "cannot tell yet"},
        {BufferingKind::unclear, "bursts, no clear pattern"},
        {BufferingKind::not_streamed, "does not stream"},
        {BufferingKind::full, "holds back: full"},
        {BufferingKind::block, "holds back: block of 4096 bytes"},
    };
    for (const auto& [kind, said] : words) {
        auto shown = busy();
        shown.targets.resize(1);
        shown.targets[0].buffering.kind = kind;
        if (kind == BufferingKind::block) shown.targets[0].buffering.block_bytes = 4096;
        EXPECT_THAT(drawn(shown), HasSubstr("  " + said + "\n"));
    }
}

TEST(View, SaysThatTheClientIsTheBottleneck) {
    auto late = busy();
    late.client.send_lag_p99 = 22ms;
    EXPECT_THAT(drawn(late), HasSubstr("  client is the bottleneck: send lag p99 22ms (limit 10ms)\n"));
    EXPECT_THAT(drawn(late, 60, 8),
                HasSubstr("  client is the bottleneck: send lag p99 22ms (limit 10ms)\n"));
    auto blurred = busy();
    blurred.client.uncertain_share = 0.031;
    EXPECT_THAT(drawn(blurred), HasSubstr("bottleneck: 3% of token times read too late (limit 1%)"));
    auto working = busy();
    working.client.busy_share = 0.97;
    EXPECT_THAT(drawn(working), HasSubstr("bottleneck: busy 97% of the time"));
    EXPECT_THAT(drawn(busy()), Not(HasSubstr("bottleneck")));
}

TEST(View, LinesOfTargetsLeaveOutTheSame) {
    auto shown = busy();
    shown.targets[1].buffering.kind = BufferingKind::unclear;
    for (std::size_t width = 40; width < 100; ++width) {
        const auto text = drawn(shown, width);
        for (const auto* piece : {"2,105 done", "TTFT p95 ", "errors"}) {
            const auto of_direct = text.find(piece, text.find("\n  direct")) < text.find("\n  gateway");
            const auto of_gateway = text.find(piece, text.find("\n  gateway")) != std::string::npos;
            EXPECT_EQ(of_direct, of_gateway) << piece << " at " << width << text;
        }
    }
}

TEST(View, ShowsTrouble) {
    auto full = busy();
    full.trouble = "requests.jsonl: No space left on device";
    EXPECT_THAT(drawn(full), HasSubstr("No space left on device"));
}

TEST(View, StoppingSaysWhatIsWaitedForAndHowLong) {
    auto stopping = busy();
    stopping.stage = Stage::stopping;
    stopping.again = "Ctrl-C again";
    stopping.drain_left = 23s;
    stopping.streams_open = 1;
    const auto text = drawn(stopping);
    EXPECT_THAT(text, HasSubstr("stopping: waiting for 1 stream "));
    EXPECT_THAT(text, HasSubstr("at most 0:23 left\n"));
    EXPECT_THAT(text, HasSubstr("Ctrl-C again ends them now and writes the report"));
    EXPECT_THAT(drawn(stopping, 60, 5), HasSubstr("Ctrl-C again ends them now"));
    stopping.stage = Stage::draining;
    stopping.phase = 3;
    EXPECT_THAT(drawn(stopping), HasSubstr("draining: waiting for 1 stream "));
    stopping.stage = Stage::ending;
    EXPECT_THAT(drawn(stopping), HasSubstr("ending 1 stream at once"));
    EXPECT_THAT(one_line_view(stopping, 80), HasSubstr("stopping"));
}

TEST(View, TellsHowFarThePhaseAndTheRunAre) {
    auto shown = busy();
    shown.phase = 0;
    shown.elapsed = 9200ms;
    EXPECT_THAT(drawn(shown), HasSubstr("warm-up, phase 1 of 3, not counted"));
    EXPECT_THAT(drawn(shown), HasSubstr("phase 0:01, run 1:31 of 1:40 left"));
    shown.phases = {{"steady", 10s, false}};
    EXPECT_THAT(drawn(shown), HasSubstr("0:01 of 0:10 left"));
    EXPECT_THAT(drawn(shown), Not(HasSubstr("phase 1 of 1")));
}

TEST(View, BeginsWithoutFigures) {
    Snapshot fresh;
    fresh.scenario = "fresh";
    fresh.phases = {{"steady", 10s, false}};
    fresh.targets.resize(1);
    fresh.targets[0].name = "served";
    const auto text = drawn(fresh);
    EXPECT_THAT(text, HasSubstr("no stream has ended yet"));
    EXPECT_THAT(text, HasSubstr("cannot tell yet"));
    EXPECT_THAT(text, HasSubstr("0.0/s"));
}

TEST(View, CountsRequestsAgainstTheLimitOfTheScenario) {
    auto limited = busy();
    limited.request_limit = 5000;
    EXPECT_THAT(drawn(limited), HasSubstr("4,210 of 5,000 done"));
}

TEST(View, ErrorsThatDoNotFitAreCounted) {
    auto shown = busy();
    shown.outcomes[static_cast<std::size_t>(Outcome::reset)] = 1;
    EXPECT_THAT(drawn(shown, 133, 30), HasSubstr("http error 40 (0.95%), 2 more"));
    shown.outcomes[static_cast<std::size_t>(Outcome::http_error)] = 0;
    EXPECT_THAT(drawn(shown, 133, 30), HasSubstr("timeout idle 2 (0.05%), reset 1 (0.02%)"));
}

TEST(View, ShowsNoControlCharacters) {
    auto hostile = busy();
    const std::string text = "\x1b]0;owned\x07\x1b[2J\nnext\u202e";
    hostile.scenario = hostile.trouble = hostile.again = text;
    hostile.stage = Stage::stopping;
    for (auto& phase : hostile.phases)
        phase.name = text;
    for (auto& target : hostile.targets)
        target.name = text;
    for (const std::size_t width : {30u, 60u, 100u, 200u}) {
        for (const auto stage : {Stage::running, Stage::stopping}) {
            hostile.stage = stage;
            for (const auto& line : view(hostile, width, 40, plain)) {
                for (const char byte : line)
                    EXPECT_GE(static_cast<unsigned char>(byte), 0x20) << line;
                EXPECT_EQ(line.find("\u202e"), std::string::npos);
            }
        }
    }
}

}  // namespace
}  // namespace streamgauge::live
