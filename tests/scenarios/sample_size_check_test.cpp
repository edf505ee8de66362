#include "scenarios/sample_size_check.h"

#include "tests/scenarios/scenario_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Warnings for one phase, one expectation, and two targets of which the first gets 80 %.
std::vector<std::string> warnings(std::string_view shape, std::string_view expectation,
                                  std::string_view more = "") {
    const std::string text = fmt::format(
        "version: 1\ntargets: {{ a: \"http://h/\", b: \"http://i/\" }}\nsplit: {{ a: 80%, b: 20% }}\n"
        "load: [{{ phase: warm, rate: 1/s, for: 1s, warmup: true }}, {{ phase: peak, {} }}]\nexpect: "
        "[{}]\n{}\n",
        shape, expectation, more);
    EXPECT_TRUE(parse_scenario(text, "").scenario);
    return diagnostics_of(text);
}

TEST(SampleSizes, NameTheFirstTargetThatFallsShort) {
    EXPECT_THAT(
        warnings("rate: 10/s, for: 20s", "ttft.p95 < 1s"),
        ElementsAre("5:10: warning: `ttft.p95 < 1s` needs at least 59 requests, but phase `peak` sends about "
                    "40 to target `b`; lengthen the phase, raise its rate or its limit, or check a lower "
                    "percentile"));
}

TEST(SampleSizes, FollowTheMinimumOfEachPercentile) {
    EXPECT_THAT(warnings("rate: 29.5/s, for: 10s", "ttft.p95 < 1s"), IsEmpty()) << "59 for b";
    EXPECT_THAT(warnings("rate: 29/s, for: 10s", "ttft.p95 < 1s"), ElementsAre(HasSubstr("at least 59")));
    EXPECT_THAT(warnings("rate: 29.5/s, for: 10s", "e2e.p99 < 1s"), ElementsAre(HasSubstr("at least 299")));
    EXPECT_THAT(warnings("rate: 200/s, for: 10s", "e2e.p99.9 < 1s"), ElementsAre(HasSubstr("at least 2995")));
    EXPECT_THAT(warnings("rate: 14.5/s, for: 10s", "ttft.p90 < 1s"), IsEmpty()) << "29 for b";
    EXPECT_THAT(warnings("rate: 14/s, for: 10s", "ttft.p90 < 1s"), ElementsAre(HasSubstr("at least 29")));
    EXPECT_THAT(warnings("rate: 2.5/s, for: 10s", "ttft.p50 < 1s"), IsEmpty()) << "5 for b";
    EXPECT_THAT(warnings("rate: 2.4/s, for: 10s", "ttft.p50 < 1s"),
                ElementsAre(AllOf(HasSubstr("at least 5"), EndsWith("raise its rate or its limit"))))
        << "there is no lower percentile";
    EXPECT_THAT(warnings("rate: 0.5/s, for: 10s", "itl.p99 < 1s"), IsEmpty()) << "a request has many gaps";
    EXPECT_THAT(warnings("rate: 0.5/s, for: 10s", "errors < 1%"), IsEmpty());
}

TEST(SampleSizes, LookOnlyWhereTheExpectationIsChecked) {
    EXPECT_THAT(warnings("rate: 10/s, for: 20s", "{ check: ttft.p95 < 1s, target: a }"), IsEmpty());
    EXPECT_THAT(warnings("rate: 5/s, for: 10s", "{ check: ttft.p95 < 1s, phase: peak, target: a }"),
                ElementsAre(HasSubstr("about 40 to target `a`")));
}

TEST(SampleSizes, AreThoseOfAWindow) {
    EXPECT_THAT(warnings("rate: 29.5/s, for: 60s", "ttft.p95 per 10s < 1s"), IsEmpty()) << "59 for b";
    EXPECT_THAT(
        warnings("rate: 29/s, for: 60s", "ttft.p95 per 10s < 1s"),
        ElementsAre(
            "5:10: warning: `ttft.p95 per 10s < 1s` needs at least 59 requests in a window, but phase "
            "`peak` sends about 58 to target `b` in 10s; write a longer window, raise the rate, or "
            "check a lower percentile"));
    EXPECT_THAT(warnings("rate: { from: 0/s, to: 40/s, over: 60s }, for: 60s", "ttft.p95 per 10s < 1s"),
                IsEmpty())
        << "its last window has enough";
    EXPECT_THAT(warnings("rate: 2/s, for: 60s", "ttft.p50 per 10s < 1s"),
                ElementsAre(HasSubstr("at least 5")));
    EXPECT_THAT(warnings("rate: 1/s, for: 60s", "errors per 10s < 1%"), IsEmpty());
    EXPECT_THAT(warnings("users: 1, for: 60s", "ttft.p95 per 10s < 1s"), IsEmpty());
}

TEST(SampleSizes, NameAPhaseThatIsTooShortForAWindow) {
    EXPECT_THAT(warnings("rate: 100/s, for: 5s", "errors per 10s < 1%"), IsEmpty());
    EXPECT_THAT(warnings("rate: 100/s, for: 4.9s", "errors per 10s < 1%"),
                ElementsAre(HasSubstr("has no window in phase `peak`, which lasts 4.9s")));
}

TEST(SampleSizes, CountWhatARampSends) {
    EXPECT_THAT(warnings("rate: { from: 0/s, to: 10/s, over: 10s }, for: 10s", "ttft.p95 < 1s"),
                ElementsAre(HasSubstr("about 40 to target `a`")));
}

TEST(SampleSizes, OfAClosedLoopAreBoundedByTheLimitOnly) {
    EXPECT_THAT(warnings("users: 1, for: 1s", "ttft.p95 < 1s"), IsEmpty()) << "nobody knows beforehand";
    EXPECT_THAT(warnings("users: 1, for: 1s", "ttft.p95 < 1s", "limits: { requests: 60 }"),
                ElementsAre(HasSubstr("about 48 to target `a`")));
    EXPECT_THAT(warnings("rate: 100/s, for: 100s", "ttft.p95 < 1s", "limits: { requests: 60 }"),
                ElementsAre(HasSubstr("about 48 to target `a`")));
}

}  // namespace
}  // namespace streamgauge::scenarios
