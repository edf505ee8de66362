#include "report/summary/windowed_result.h"

#include "tests/report/summary/group_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::Optional;

scenarios::Expectation gate(nanoseconds limit = 1s) {
    scenarios::Expectation made;
    made.text = "ttft.p95 per 10s < 1s";
    made.condition = duration_condition("ttft", "p95", limit);
    made.window = 10s;
    return made;
}

/// A minute in windows of 10 s, of which the third was the worst with 1.24 s.
WindowedSummary minute() {
    WindowedSummary windows;
    windows.expectation = 3;
    windows.target = "direct";
    windows.phase = "steady";
    windows.windows = windows.measured = 6;
    windows.worst_begin = 20s;
    windows.worst_end = 30s;
    windows.worst = measured_group("", "");
    windows.worst.metrics.at("ttft") = metric_at(1240ms);
    return windows;
}

ExpectationResult check(const WindowedSummary& windows, nanoseconds limit = 1s) {
    Summary summary;
    auto other = minute();
    other.expectation = 0;
    other.worst.metrics.at("ttft") = metric_at(9s);
    summary.windowed = {other, windows};
    return check_windows(3, gate(limit), measured_group("direct", "steady"), summary);
}

TEST(WindowedResult, IsThatOfTheWorstWindow) {
    auto windows = minute();
    windows.missed = 1;
    const auto result = check(windows);
    EXPECT_EQ(result.judgement, Judgement::missed);
    EXPECT_EQ(result.measured, "1.24s in 20s-30s of steady");
    EXPECT_EQ(result.target, "direct");
    EXPECT_EQ(result.phase, "steady");
    EXPECT_THAT(result.measured_value, Optional(1.24e9));
    EXPECT_NEAR(*result.margin, -0.24, 1e-9);
    EXPECT_EQ(check(minute(), 2s).judgement, Judgement::held);
}

TEST(WindowedResult, HasNoInterval) {
    const auto result = check(minute(), 1250ms);
    EXPECT_FALSE(result.low);
    EXPECT_FALSE(result.high);
    EXPECT_FALSE(result.too_close);
}

TEST(WindowedResult, CountsTheWindows) {
    auto windows = minute();
    windows.missed = 3;
    EXPECT_EQ(check(windows).measured, "1.24s in 20s-30s of steady, 3 of 6 windows missed");
    windows.measured = 4;
    EXPECT_EQ(check(windows).measured,
              "1.24s in 20s-30s of steady, 3 of 6 windows missed, 2 of 6 not measurable");
    windows.missed = 0;
    EXPECT_EQ(check(windows, 2s).measured, "1.24s in 20s-30s of steady, 2 of 6 not measurable");
}

TEST(WindowedResult, NamesMomentsExactly) {
    auto windows = minute();
    windows.worst_begin = 36'010s;
    windows.worst_end = 36'010'250ms;
    EXPECT_EQ(check(windows).measured, "1.24s in 36010s-36010.25s of steady");
    windows.worst_begin = 0s;
    EXPECT_EQ(check(windows).measured, "1.24s in 0s-36010.25s of steady");
}

TEST(WindowedResult, TellsWhyNoWindowCouldBeMeasured) {
    auto windows = minute();
    windows.measured = 0;
    windows.reason = "ttft.p95 needs at least 59 samples and has 40";
    EXPECT_EQ(check(windows).judgement, Judgement::not_measured);
    EXPECT_EQ(check(windows).reason,
              "none of the 6 windows of 10s could be measured; the first: ttft.p95 needs at least 59 samples "
              "and has 40");
    windows.windows = 0;
    EXPECT_EQ(check(windows).reason, "the phase came to less than half a window of 10s");
    windows.target = "gateway";
    EXPECT_EQ(check(windows).reason, "its windows were not counted");
}

}  // namespace
}  // namespace streamgauge::report
