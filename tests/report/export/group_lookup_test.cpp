#include "report/export/group_lookup.h"

#include "tests/report/export/export_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::IsNull;

TEST(GroupLookup, GivesTheGroupsThatGatesAreCheckedOn) {
    const auto fixture = export_fixture();
    const auto groups = measured_groups(fixture.summary);
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[0], find_group(fixture.summary, "direct", "steady"));
    EXPECT_EQ(groups[1], find_group(fixture.summary, "gateway", "steady"));
    EXPECT_TRUE(find_group(fixture.summary, "direct", "")->phase.empty());
    EXPECT_THAT(find_group(fixture.summary, "direct", "night"), IsNull());
}

TEST(GroupLookup, FindsMetricsAndPercentiles) {
    auto group = export_group("direct", "steady");
    EXPECT_THAT(find_metric(group, "tpot"), IsNull());
    EXPECT_THAT(find_percentile(group, "ttft", 0.42), IsNull());
    EXPECT_EQ(find_percentile(group, "ttft", 0.95)->value, nanoseconds{400ms});
    EXPECT_EQ(percentile_text(group, "ttft", 0.95), "400ms");
    EXPECT_EQ(percentile_text(group, "tpot", 0.95), "-");
    auto& ttft = group.metrics.at("ttft");
    ttft.percentiles.at(2).value.reset();
    EXPECT_EQ(percentile_text(group, "ttft", 0.95), "-");
    ttft.censored_above = 10s;
    EXPECT_EQ(percentile_text(group, "ttft", 0.95), "> 10s");
}

TEST(GroupLookup, WritesForPeople) {
    EXPECT_EQ(percentile_name(0.5), "p50");
    EXPECT_EQ(percentile_name(0.95), "p95");
    EXPECT_EQ(percentile_name(0.999), "p99.9");
    EXPECT_EQ(place_text("gateway", "steady"), "gateway, steady");
    EXPECT_EQ(place_text("gateway", ""), "gateway");
    EXPECT_EQ(share_text({12, 1'000}), "1.2%");
    EXPECT_EQ(share_text({}), "-");
    EXPECT_EQ(grouped_digits(999), "999");
    EXPECT_EQ(grouped_digits(1'234'567), "1,234,567");
    EXPECT_EQ(words_of("send_lag"), "send lag");
}

}  // namespace
}  // namespace streamgauge::report
