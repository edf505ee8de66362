#include "report/summary/judgement.h"

#include "tests/report/summary/group_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using scenarios::Comparator;
using ::testing::Optional;

Figure figure(Figure::Kind kind, double value) {
    Figure made;
    made.kind = kind;
    made.value = value;
    return made;
}

ExpectationResult judged(const Figure& figure, Comparator comparator, double limit) {
    ExpectationResult result;
    judge_figure(figure, {"ttft", "p95", comparator, limit, scenarios::Unit::duration, {}}, result);
    return result;
}

TEST(JudgeFigure, HoldsItAgainstEachComparator) {
    const auto ten = figure(Figure::Kind::measured, 10);
    EXPECT_EQ(judged(ten, Comparator::less, 11).judgement, Judgement::held);
    EXPECT_EQ(judged(ten, Comparator::less, 10).judgement, Judgement::missed);
    EXPECT_EQ(judged(ten, Comparator::less_or_equal, 10).judgement, Judgement::held);
    EXPECT_EQ(judged(ten, Comparator::greater, 10).judgement, Judgement::missed);
    EXPECT_EQ(judged(ten, Comparator::equal, 10).judgement, Judgement::held);
    EXPECT_EQ(judged(ten, Comparator::not_equal, 10).judgement, Judgement::missed);
    EXPECT_THAT(judged(ten, Comparator::less, 40).margin, Optional(0.75));
    EXPECT_THAT(judged(ten, Comparator::greater, 40).margin, Optional(-0.75));
}

TEST(JudgeFigure, KnowsOnlyALowerBoundOfWhatWasCut) {
    const auto above_ten = figure(Figure::Kind::above, 10);
    EXPECT_EQ(judged(above_ten, Comparator::less, 100).judgement, Judgement::missed);
    EXPECT_EQ(judged(above_ten, Comparator::greater, 5).judgement, Judgement::held);
    const auto unknown = judged(above_ten, Comparator::greater, 100);
    EXPECT_EQ(unknown.judgement, Judgement::not_measured);
    EXPECT_NE(unknown.reason, "");
}

TEST(JudgeFigure, TellsWhyAFigureIsMissing) {
    const auto result = judged(Figure::missing("too few"), Comparator::less, 1);
    EXPECT_EQ(result.judgement, Judgement::not_measured);
    EXPECT_EQ(result.reason, "too few");
    EXPECT_FALSE(result.measured_value);
}

TEST(JudgeFigure, IsTooCloseWhenTheIntervalSpansTheLimit) {
    auto ten = figure(Figure::Kind::measured, 10);
    EXPECT_FALSE(judged(ten, Comparator::less, 11).too_close) << "there is no interval";
    ten.low = 9;
    ten.high = 12;
    EXPECT_TRUE(judged(ten, Comparator::less, 11).too_close);
    EXPECT_FALSE(judged(ten, Comparator::less, 13).too_close);
}

}  // namespace
}  // namespace streamgauge::report
