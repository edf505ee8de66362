#include "scenarios/abort_parser.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

TEST(AbortParser, ReadsErrors) {
    const auto parsed = parse_abort_condition("errors > 20% for 5s");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->text, "errors > 20% for 5s");
    EXPECT_EQ(parsed->condition.metric, "errors");
    EXPECT_EQ(parsed->condition.comparator, Comparator::greater);
    EXPECT_DOUBLE_EQ(parsed->condition.value, 0.2);
    EXPECT_EQ(parsed->condition.unit, Unit::ratio);
    EXPECT_EQ(parsed->held_for, 5s);
}

TEST(AbortParser, ReadsTtftAndAnyBlanks) {
    const auto parsed = parse_abort_condition("  ttft.p99.9>=1.5s\tfor   2m  ");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->condition.metric, "ttft");
    EXPECT_EQ(parsed->condition.statistic, "p99.9");
    EXPECT_EQ(parsed->condition.comparator, Comparator::greater_or_equal);
    EXPECT_DOUBLE_EQ(parsed->condition.value, 1.5e9);
    EXPECT_EQ(parsed->held_for, 2min);
}

struct Refusal {
    const char* text;
    std::size_t offset;
    const char* message;
};

class RefusedAbort : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusedAbort, SaysWhereAndWhy) {
    const auto parsed = parse_abort_condition(GetParam().text);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().offset, GetParam().offset);
    EXPECT_THAT(parsed.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    AbortParser, RefusedAbort,
    ::testing::Values(Refusal{"", 0, "for how long"}, Refusal{"errors > 20%", 12, "for how long"},
                      Refusal{"for 5s", 6, "for how long"},
                      Refusal{"errors > 20% before 5s", 22, "for how long"},
                      Refusal{"errors > 20% for", 16, "a duration with its unit"},
                      Refusal{"errors > 20% for 5", 17, "a duration with its unit"},
                      Refusal{"errors > 20% for 5s or so", 17, "a duration with its unit"},
                      Refusal{"errors > 20% for 999ms", 17, "`for 1s` or more"},
                      Refusal{" errors < 20% for 5s", 1, "`>` or `>=`"},
                      Refusal{"errors == 20% for 5s", 0, "`>` or `>=`"},
                      Refusal{"errors > 20 for 5s", 9, "must be a percentage"},
                      Refusal{"errors > 100% for 5s", 9, "can never hold"},
                      Refusal{"eros > 20% for 5s", 0, "no metric `eros`"},
                      Refusal{"e2e.p95 > 2s for 5s", 0, "`errors` or `ttft`"},
                      Refusal{"delta(ttft.p95, a, b) > 2s for 5s", 0, "`errors` or `ttft`"},
                      Refusal{"ttft.mean > 2s for 5s", 0, "`mean` is known at its end"},
                      Refusal{" errors per 10s > 20% for 5s", 1, "`per` has no place here"},
                      Refusal{"ttft.p95 > 2s for 5s for 6s", 14, "left over"}));

}  // namespace
}  // namespace streamgauge::scenarios
