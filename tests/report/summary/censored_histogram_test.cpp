#include "report/summary/censored_histogram.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::Optional;

constexpr Sample measured(nanoseconds value) {
    return {Sample::Kind::measured, value};
}
constexpr Sample censored(nanoseconds value) {
    return {Sample::Kind::censored, value};
}

TEST(CensoredHistogram, RanksCensoredRequestsAboveAllValues) {
    CensoredHistogram histogram(0.001);
    for (const auto& sample : {measured(1s), censored(10s), measured(2s), censored(5s), Sample{}}) {
        histogram.record(sample);
    }
    EXPECT_EQ(histogram.size(), 4U);
    EXPECT_THAT(histogram.at_rank(1), Optional(nanoseconds(1s)));
    EXPECT_THAT(histogram.at_rank(2), Optional(nanoseconds(2s)));
    EXPECT_FALSE(histogram.at_rank(3));
    EXPECT_FALSE(histogram.at_rank(0));
    EXPECT_THAT(histogram.cut_after, Optional(nanoseconds(5s))) << "more than that is sure of all of them";
}

TEST(CensoredHistogram, Merges) {
    CensoredHistogram a(0.001), b(0.001);
    a.record(measured(1s));
    b.record(censored(3s));
    a.merge(b);
    EXPECT_EQ(a.size(), 2U);
    EXPECT_THAT(a.cut_after, Optional(nanoseconds(3s)));
    b.merge(a);
    EXPECT_EQ(b.censored, 2U);
}

}  // namespace
}  // namespace streamgauge::report
