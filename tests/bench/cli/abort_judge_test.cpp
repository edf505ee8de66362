#include "bench/cli/abort_judge.h"

#include "scenarios/abort_parser.h"

#include <gmock/gmock.h>

#include <string>

namespace streamgauge::cli {
namespace {

using namespace std::chrono_literals;
using report::Sample;

AbortJudge judge_of(const std::vector<std::string>& conditions,
                    const std::vector<std::string>& targets = {"api"}) {
    std::vector<scenarios::AbortCondition> parsed;
    parsed.reserve(conditions.size());
    for (const auto& text : conditions)
        parsed.push_back(*scenarios::parse_abort_condition(text));
    return {std::move(parsed), targets};
}

EndedRequests errors(std::uint64_t count, std::uint64_t of) {
    EndedRequests ended;
    ended.counted = of;
    ended.errors = count;
    return ended;
}

/// One request each, slow or fast.
EndedRequests ttft(std::initializer_list<std::chrono::nanoseconds> values,
                   std::optional<std::chrono::nanoseconds> cut = std::nullopt) {
    EndedRequests ended;
    for (const auto value : values)
        ended.ttft.record({Sample::Kind::measured, value});
    if (cut) ended.ttft.record({Sample::Kind::censored, *cut});
    ended.counted = ended.ttft.size();
    return ended;
}

/// What a run looks like, a letter a second: `x` every request fails, `o` none does, `-` nothing ends.
EndedRequests second(char letter) {
    return errors(letter == 'x' ? 4 : 0, letter == '-' ? 0 : 4);
}

/// The second in which the condition struck; 0 if it did not.
int strikes_at(const std::string& condition, const std::string& seconds) {
    AbortJudge judge = judge_of({condition});
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        const auto ended = second(seconds[i]);
        const auto now = std::chrono::seconds(static_cast<int>(i) + 1);
        if (const auto strike = judge.judge(now, {&ended, 1})) {
            EXPECT_EQ(strike->at, now);
            return static_cast<int>(i) + 1;
        }
    }
    return 0;
}

TEST(AbortJudge, StrikesWhenNoSecondOfTheTimeWasBetter) {
    struct Case {
        const char* condition;
        const char* seconds;
        int struck;
    };
    for (const Case& c : {
             Case{"errors > 20% for 1s", "x", 1},
             Case{"errors > 20% for 1s", "oox", 3},
             Case{"errors > 20% for 5s", "xxxx", 0},
             Case{"errors > 20% for 5s", "xxxxx", 5},
             Case{"errors > 20% for 5s", "oooxxxxx", 8},
             Case{"errors > 20% for 5s", "xxxxoxxxxx", 10},
             Case{"errors > 20% for 5s", "xxxxoxxxxoxxxx", 0},
             Case{"errors > 20% for 2500ms", "xxx", 3},
             // Silence neither clears a condition nor strikes by itself.
             Case{"errors > 20% for 3s", "x--------", 0},
             Case{"errors > 20% for 3s", "x----x", 6},
             Case{"errors > 20% for 3s", "x----o", 0},
             Case{"errors > 20% for 3s", "----x", 0},
             Case{"errors > 20% for 3s", "----xxx", 7},
         }) {
        EXPECT_EQ(strikes_at(c.condition, c.seconds), c.struck) << c.condition << " on " << c.seconds;
    }
}

TEST(AbortJudge, ALimitIsMetExactlyOrNot) {
    const auto fifth = errors(1, 5);
    EXPECT_FALSE(judge_of({"errors > 20% for 1s"}).judge(1s, {&fifth, 1}));
    EXPECT_TRUE(judge_of({"errors >= 20% for 1s"}).judge(1s, {&fifth, 1}));
}

TEST(AbortJudge, NamesWhatStruckWhereAndWhen) {
    AbortJudge judge = judge_of({"errors > 50% for 2s", "errors > 20% for 1s"}, {"direct", "gateway"});
    const std::vector<EndedRequests> ended{errors(0, 10), errors(3, 10)};
    const auto strike = judge.judge(7s, ended);
    ASSERT_TRUE(strike);
    EXPECT_EQ(strike->condition, "errors > 20% for 1s");
    EXPECT_EQ(strike->target, "gateway");
    EXPECT_EQ(strike->at, 7s);
    EXPECT_EQ(strike->measured, "30%");
}

TEST(AbortJudge, OneTargetsGoodSecondDoesNotClearAnothers) {
    AbortJudge judge = judge_of({"errors > 20% for 2s"}, {"direct", "gateway"});
    EXPECT_FALSE(judge.judge(1s, std::vector{errors(4, 4), errors(0, 4)}));
    const auto strike = judge.judge(2s, std::vector{errors(4, 4), errors(0, 4)});
    ASSERT_TRUE(strike);
    EXPECT_EQ(strike->target, "direct");
}

TEST(AbortJudge, TakesPercentilesOfTtft) {
    struct Case {
        std::string condition;
        EndedRequests ended;
        std::string measured;  ///< empty: does not strike
    };
    for (const auto& c : {
             Case{"ttft.p50 > 2s for 1s", ttft({1s, 1s, 9s}), ""},
             Case{"ttft.p95 > 2s for 1s", ttft({1s, 1s, 9s}), "9s"},
             Case{"ttft.max > 2s for 1s", ttft({1s, 1s, 9s}), "9s"},
             Case{"ttft.max > 10s for 1s", ttft({1s, 1s, 9s}), ""},
             // A request that timed out before its first token is slower than its wait.
             Case{"ttft.p50 > 2s for 1s", ttft({1s, 1s}, 10s), ""},
             Case{"ttft.max > 2s for 1s", ttft({1s, 1s}, 10s), "> 10s"},
             Case{"ttft.max > 10s for 1s", ttft({1s, 1s}, 10s), "> 10s"},
             Case{"ttft.max > 11s for 1s", ttft({1s, 1s}, 10s), ""},
             Case{"ttft.p50 > 2s for 1s", ttft({}, 10s), "> 10s"},
             Case{"ttft.p50 > 2s for 1s", errors(5, 5), ""},
         }) {
        const auto strike = judge_of({c.condition}).judge(1s, {&c.ended, 1});
        EXPECT_EQ(strike ? strike->measured : "", c.measured) << c.condition;
    }
}

TEST(EndedRequests, AddUp) {
    auto all = ttft({1s}, 10s);
    all.merge(errors(2, 3));
    all.merge(ttft({3s}));
    EXPECT_EQ(all.counted, 6u);
    EXPECT_EQ(all.errors, 2u);
    EXPECT_EQ(all.ttft.size(), 3u);
}

}  // namespace
}  // namespace streamgauge::cli
