#include "report/summary/label_values.h"

#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Headers = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> values_of(const Headers& headers, const std::vector<scenarios::Label>& labels) {
    testing::TimelineBuilder builder;
    builder.raw().response_headers = headers;
    return label_values(builder.build(), labels);
}

const std::vector<scenarios::Label> cache_and_pod{{"cache", "x-cache"}, {"pod", "x-served-by"}};

TEST(LabelValues, AreThoseOfTheHeadersWhateverTheirCase) {
    EXPECT_THAT(values_of({{"X-SERVED-BY", "pod-7"}, {"Date", "now"}, {"X-Cache", "HIT"}}, cache_and_pod),
                ElementsAre("HIT", "pod-7"));
}

TEST(LabelValues, OfAbsentHeadersAreNone) {
    EXPECT_THAT(values_of({{"x-cache-hits", "3"}, {"x-cach", "HIT"}}, cache_and_pod),
                ElementsAre("(none)", "(none)"));
    EXPECT_THAT(values_of({}, {}), IsEmpty());
}

TEST(LabelValues, OfSeveralFieldsAreOne) {
    EXPECT_THAT(values_of({{"x-cache", "HIT"}, {"via", "1.1 a"}, {"X-Cache", "MISS"}}, cache_and_pod),
                ElementsAre("HIT, MISS", "(none)"));
}

TEST(LabelValues, ShowThatAHeaderIsEmpty) {
    EXPECT_THAT(values_of({{"x-cache", ""}}, cache_and_pod), ElementsAre("(empty)", "(none)"));
}

}  // namespace
}  // namespace streamgauge::report
