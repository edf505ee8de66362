#include "report/stats/holm.h"

#include <gmock/gmock.h>

#include <array>
#include <vector>

namespace streamgauge::report {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Holm, MultipliesTheSmallestByAllTheNextByOneFewer) {
    EXPECT_THAT(holm_adjusted(std::array{0.03, 0.01, 0.04}),
                ElementsAre(DoubleEq(0.06), DoubleEq(0.03), DoubleEq(0.06)));
}

TEST(Holm, LeavesOneAsItIsAndStopsAtOne) {
    EXPECT_THAT(holm_adjusted(std::array{0.04}), ElementsAre(DoubleEq(0.04)));
    EXPECT_THAT(holm_adjusted(std::array{0.9, 0.8}), ElementsAre(DoubleEq(1), DoubleEq(1)));
    EXPECT_THAT(holm_adjusted({}), IsEmpty());
}

}  // namespace
}  // namespace streamgauge::report
