#include "scenarios/expectation_parser.h"

#include "scenarios/metric_catalogue.h"
#include "scenarios/vocabulary.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace streamgauge::scenarios {
namespace {

using ::testing::HasSubstr;

Condition condition(std::string_view text) {
    const auto parsed = parse_expectation(text);
    if (!parsed) {
        ADD_FAILURE() << text << ": " << parsed.error().message;
        return {};
    }
    return parsed->condition;
}

ExpectationError error(std::string_view text) {
    const auto parsed = parse_expectation(text);
    EXPECT_FALSE(parsed) << text << " was taken";
    return parsed ? ExpectationError{} : parsed.error();
}

TEST(ParseExpectation, ReadsADistribution) {
    const Condition read = condition("ttft.p95 < 800ms");
    EXPECT_EQ(read.metric, "ttft");
    EXPECT_EQ(read.statistic, "p95");
    EXPECT_EQ(read.comparator, Comparator::less);
    EXPECT_EQ(read.unit, Unit::duration);
    EXPECT_EQ(read.value, 8e8);
    EXPECT_EQ(condition("e2e.p99.9<=10s").statistic, "p99.9");
    EXPECT_EQ(condition("  hold_estimated.max  >\t1us ").metric, "hold_estimated");
}

TEST(ParseExpectation, TakesEveryMetricWithEveryStatistic) {
    for (const Metric& metric : metrics) {
        if (metric.form != MetricForm::distribution) continue;
        for (const std::string_view statistic : statistics) {
            const Condition read = condition(fmt::format("{}.{} < 1s", metric.name, statistic));
            EXPECT_EQ(read.metric, metric.name);
            EXPECT_EQ(read.statistic, statistic);
        }
    }
}

TEST(ParseExpectation, ReadsFigures) {
    EXPECT_EQ(condition("errors < 0.1%").value, 0.001);
    EXPECT_EQ(condition("errors == 0%").comparator, Comparator::equal);
    EXPECT_EQ(condition("stalls <= 2k").value, 2000);
    EXPECT_EQ(condition("stalls <= 5").unit, Unit::count);
    EXPECT_EQ(condition("jank < 5%").unit, Unit::ratio);
    EXPECT_EQ(condition("fluidity.mean > 90%").metric, "fluidity");
    EXPECT_EQ(condition("fluidity.mean > 90%").statistic, "") << "`jank` and `jank.mean` are one figure";
}

TEST(ParseExpectation, ReadsThroughput) {
    for (const std::string_view kind : throughput_kinds) {
        const Condition read = condition(fmt::format("throughput.{} >= 3000/m", kind));
        EXPECT_EQ(read.metric, "throughput");
        EXPECT_EQ(read.statistic, kind);
        EXPECT_EQ(read.unit, Unit::rate);
        EXPECT_EQ(read.value, 50);
    }
}

TEST(ParseExpectation, ReadsOutcomesAndBuffering) {
    for (const std::string_view word : outcome_words) {
        const Condition read = condition(fmt::format("outcome.{} == 0", word));
        EXPECT_EQ(read.metric, "outcome");
        EXPECT_EQ(read.statistic, word);
        EXPECT_EQ(read.value, 0);
    }
    for (const std::string_view word : buffering_words) {
        const Condition read = condition(fmt::format("buffering != {}", word));
        EXPECT_EQ(read.comparator, Comparator::not_equal);
        EXPECT_EQ(read.unit, Unit::word);
        EXPECT_EQ(read.word, word);
    }
}

TEST(ParseExpectation, ReadsGoodput) {
    const auto parsed = parse_expectation("goodput( ttft<1s , itl.max < 500ms, e2e <= 1m ) > 99%");
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->condition.metric, "goodput");
    EXPECT_EQ(parsed->condition.unit, Unit::ratio);
    EXPECT_EQ(parsed->condition.value, 0.99);
    ASSERT_EQ(parsed->goodput_limits.size(), 3U);
    EXPECT_EQ(parsed->goodput_limits[0].metric, "ttft");
    EXPECT_EQ(parsed->goodput_limits[0].statistic, "");
    EXPECT_EQ(parsed->goodput_limits[1].metric, "itl");
    EXPECT_EQ(parsed->goodput_limits[1].statistic, "max");
    EXPECT_EQ(parsed->goodput_limits[1].value, 5e8);
    EXPECT_EQ(parsed->goodput_limits[2].comparator, Comparator::less_or_equal);
    for (const std::string_view limit : request_limits) {
        EXPECT_TRUE(parse_expectation(fmt::format("goodput({} < 1s) > 99%", limit))) << limit;
    }
}

TEST(ParseExpectation, ReadsADifference) {
    const auto parsed = parse_expectation("delta( ttft.p99.9,gate-way_2 , direct )<=30ms");
    ASSERT_TRUE(parsed);
    ASSERT_TRUE(parsed->delta);
    EXPECT_EQ(parsed->delta->target, "gate-way_2");
    EXPECT_EQ(parsed->delta->base, "direct");
    EXPECT_EQ(parsed->delta_offset, 18u);
    EXPECT_EQ(parsed->condition.metric, "ttft");
    EXPECT_EQ(parsed->condition.statistic, "p99.9");
    EXPECT_EQ(parsed->condition.value, 3e7);
    EXPECT_TRUE(parse_expectation("delta(ttft.p95, a, b) < 0ms")) << "a may be the faster one";
    EXPECT_FALSE(parse_expectation("ttft.p95 < 1s")->delta);
}

TEST(ParseExpectation, ReadsWindows) {
    using namespace std::chrono_literals;
    const auto window = [](std::string_view text) {
        const auto parsed = parse_expectation(text);
        if (!parsed) ADD_FAILURE() << text << ": " << parsed.error().message;
        return parsed ? parsed->window : std::nullopt;
    };
    EXPECT_EQ(window("ttft.p95 per 10s < 1s"), 10s);
    EXPECT_EQ(window("ttft.p95\tper  500ms<1s"), 500ms);
    EXPECT_EQ(window("errors per 1m<5%"), 1min);
    EXPECT_EQ(window("jank.mean per 10s < 5%"), 10s);
    EXPECT_EQ(window("stalls per 1.5s == 0"), 1500ms);
    EXPECT_EQ(window("outcome.reset per 10s == 0"), 10s);
    EXPECT_EQ(window("throughput.tokens per 10s > 100/s"), 10s);
    EXPECT_EQ(window("goodput(ttft < 1s) per 10s > 99%"), 10s);
    EXPECT_EQ(window("ttft.p95 < 1s"), std::nullopt);
    const Condition read = condition("ttft.p95 per 10s < 1s");
    EXPECT_EQ(read.metric, "ttft");
    EXPECT_EQ(read.statistic, "p95");
    EXPECT_EQ(read.value, 1e9);
}

struct Refusal {
    std::string_view text;
    std::size_t offset;
    std::string_view message;
    std::string_view suggestion{};
};

class Refusals : public ::testing::TestWithParam<Refusal> {};

TEST_P(Refusals, PointAtThePlaceAndSayWhatToDo) {
    const ExpectationError said = error(GetParam().text);
    EXPECT_EQ(said.offset, GetParam().offset) << said.message;
    EXPECT_THAT(said.message, HasSubstr(std::string(GetParam().message)));
    EXPECT_EQ(said.suggestion, GetParam().suggestion);
}

INSTANTIATE_TEST_SUITE_P(
    OfExpectations, Refusals,
    ::testing::Values(
        Refusal{"", 0, "expected a metric"}, Refusal{"< 5s", 0, "expected a metric"},
        Refusal{"tttf.p95 < 1s", 0, "there is no metric `tttf`", "ttft"},
        Refusal{"delta < 1s", 6, "`delta` needs a figure and two targets"},
        Refusal{"delta(tttf.p95, a, b) < 1s", 6, "there is no metric `tttf`", "ttft"},
        Refusal{"delta(ttft, a, b) < 1s", 10, "`ttft` needs a statistic"},
        Refusal{"delta(errors, a, b) < 1s", 6, "delta compares durations"},
        Refusal{"delta(ttft.p95, a) < 1s", 17, "expected `,`"},
        Refusal{"delta(ttft.p95, , b) < 1s", 16, "expected the name of a target"},
        Refusal{"delta(ttft.p95, a, b < 1s", 21, "expected `)`"},
        Refusal{"delta(ttft.p95, a, a) < 1s", 16, "two different targets"},
        Refusal{"delta(ttft.p95, a, b) == 1s", 22, "never equals a figure exactly"},
        Refusal{"delta(ttft.p95, a, b) < 1%", 24, "must be a duration"},
        Refusal{"delta(ttft.p95, a, b) < 1s, errors < 1%", 26, "is left over"},
        Refusal{"ttft < 1s", 4, "`ttft` needs a statistic after it, such as `ttft.p95`"},
        Refusal{"ttft. < 1s", 4, "needs a statistic"}, Refusal{"ttft.p98 < 1s", 5, "`ttft` has no `.p98`"},
        Refusal{"ttft.meen < 1s", 5, "`ttft` has no `.meen`", "mean"},
        Refusal{"ttft.p999 < 1s", 5, "`ttft` has no `.p999`", "p99.9"},
        Refusal{"ttft.p95", 8, "but the text ends"}, Refusal{"ttft.p95 = 1s", 9, "found `= 1s`"},
        Refusal{"ttft.p95 == 1s", 9, "never equals a figure exactly"},
        Refusal{"throughput.tokens == 5/s", 18, "never equals a figure exactly"},
        Refusal{"ttft.p95 < 800", 11, "must be a duration with its unit, as in `ttft.p95 < 800ms`"},
        Refusal{"ttft.p95 <", 10, "must be a duration"}, Refusal{"ttft.p95 < -1s", 11, "must be a duration"},
        Refusal{"errors < 0.01", 9, "must be a percentage, as in `errors < 1%`"},
        Refusal{"errors < 101%", 9, "never above 100%"}, Refusal{"errors < 0%", 9, "can never hold"},
        Refusal{"errors <= 100%", 10, "always holds"}, Refusal{"errors.p95 < 1%", 7, "single figure"},
        Refusal{"jank.max < 1%", 5, "single figure"},
        Refusal{"throughput > 5/s", 10, "such as `throughput.tokens`"},
        Refusal{"throughput.tokens > 5", 20, "must be a rate with its unit"},
        Refusal{"outcome.timeout < 1", 8, "`outcome` has no `.timeout`"},
        Refusal{"stalls < 5ms", 9, "must be a whole number"},
        Refusal{"stalls < 1.5", 9, "must be a whole number"},
        Refusal{"buffering == nome", 13, "is compared with one of none, full", "none"},
        Refusal{"buffering < none", 10, "`==` or `!=`"}, Refusal{"hold < 1s", 4, "`hold` needs a statistic"},
        Refusal{"ttft.p95 < 1s, errors < 1%", 13, "is left over"},
        Refusal{"goodput > 99%", 8, "`goodput` needs the limits"},
        Refusal{"goodput() > 99%", 8, "expected a limit"},
        Refusal{"goodput(ttft < 1s", 17, "expected `,` or `)`"},
        Refusal{"goodput(ttft < 1s,) > 99%", 18, "expected a limit"},
        Refusal{"goodput(ttft < 1s)", 18, "such as `goodput(...) < 1%`"},
        Refusal{"goodput(itl < 1s) > 99%", 8, "write `itl.max`"},
        Refusal{"goodput(ttft.p95 < 1s) > 99%", 8, "has no statistic; write `ttft`"},
        Refusal{"goodput(e2f < 1s) > 99%", 8, "no limit `e2f`", "e2e"},
        Refusal{"goodput(ttft > 1s) > 99%", 13, "upper one"},
        Refusal{"goodput(ttft < 1) > 99%", 15, "as in `ttft < 800ms`"},
        Refusal{"ttft.p95 per < 1s", 13, "after `per` comes the length of a window"},
        Refusal{"ttft.p95 per", 12, "after `per` comes the length of a window"},
        Refusal{"ttft.p95 per 10 < 1s", 13, "with its unit"},
        Refusal{"ttft.p95 per 0s < 1s", 13, "length of a window"},
        Refusal{"ttft.p95 per10s < 1s", 9, "expected a comparison such as `ttft.p95 < 800ms`"},
        Refusal{"ttft.p95 per 10s", 16, "but the text ends"},
        Refusal{"ttft.p95 < 1s per 10s", 14, "is left over"},
        Refusal{"itl.p95 per 10s < 1s", 8, "`itl` has no windows; write `max_gap`"},
        Refusal{"buffering per 10s == none", 10, "`buffering` is told from a whole phase"},
        Refusal{"delta(ttft.p95 per 10s, a, b) < 1s", 15, "`delta` compares whole phases"},
        Refusal{"delta(ttft.p95, a, b) per 10s < 1s", 22, "`delta` compares whole phases"},
        Refusal{"goodput(ttft per 10s < 1s) > 9%", 13, "expected a comparison"}));

/// The published grammar names all that the parser takes.
TEST(Grammar, NamesEveryWord) {
    std::ifstream stream(STREAMGAUGE_SOURCE_DIR "/scenarios/expectations.ebnf");
    std::stringstream text;
    text << stream.rdbuf();
    const std::string grammar = text.str();
    const auto expect_named = [&](std::string_view word) {
        EXPECT_THAT(grammar, HasSubstr(fmt::format("\"{}\"", word)));
    };
    for (const Metric& metric : metrics) {
        const bool dotted = metric.form == MetricForm::throughput || metric.form == MetricForm::outcome;
        expect_named(fmt::format("{}{}", metric.name, dotted ? "." : ""));
    }
    for (const auto word : statistics)
        expect_named(word);
    for (const auto word : throughput_kinds)
        expect_named(word);
    for (const auto word : request_limits)
        expect_named(word);
    for (const auto word : buffering_words)
        expect_named(word);
    for (const auto word : outcome_words)
        expect_named(word);
}

}  // namespace
}  // namespace streamgauge::scenarios
