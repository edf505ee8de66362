#include "report/export/openmetrics.h"

#include "tests/report/export/export_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Openmetrics, ReadsLikeThis) {
    auto fixture = export_fixture();
    std::erase_if(fixture.summary.groups, [](const auto& group) { return group.target == "direct"; });
    for (auto& percentile : fixture.summary.groups.back().metrics.at("ttft").percentiles)
        percentile.enough_samples = percentile.quantile < 0.99;
    EXPECT_EQ(openmetrics_text(fixture.run()), R"(# TYPE streamgauge_verdict stateset
# HELP streamgauge_verdict What the run as a whole came to.
streamgauge_verdict{streamgauge_verdict="passed"} 0
streamgauge_verdict{streamgauge_verdict="failed"} 0
streamgauge_verdict{streamgauge_verdict="not_measurable"} 1
# TYPE streamgauge_buffering info
# HELP streamgauge_buffering How streams are held back on their way.
streamgauge_buffering_info{target="gateway",phase="steady",kind="block"} 1
# TYPE streamgauge_ttft_seconds summary
# UNIT streamgauge_ttft_seconds seconds
# HELP streamgauge_ttft_seconds Time to first token, from the intended moment.
streamgauge_ttft_seconds{target="gateway",phase="steady",quantile="0.5"} 0.4
streamgauge_ttft_seconds{target="gateway",phase="steady",quantile="0.9"} 0.4
streamgauge_ttft_seconds{target="gateway",phase="steady",quantile="0.95"} 0.4
# TYPE streamgauge_itl_seconds summary
# UNIT streamgauge_itl_seconds seconds
# HELP streamgauge_itl_seconds Gap between consecutive token events.
streamgauge_itl_seconds{target="gateway",phase="steady",quantile="0.5"} 0.021
streamgauge_itl_seconds{target="gateway",phase="steady",quantile="0.9"} 0.021
streamgauge_itl_seconds{target="gateway",phase="steady",quantile="0.95"} 0.021
streamgauge_itl_seconds{target="gateway",phase="steady",quantile="0.99"} 0.021
streamgauge_itl_seconds{target="gateway",phase="steady",quantile="0.999"} 0.021
# TYPE streamgauge_errors_ratio gauge
# UNIT streamgauge_errors_ratio ratio
# HELP streamgauge_errors_ratio Due requests that failed.
streamgauge_errors_ratio{target="gateway",phase="steady"} 0.012
# TYPE streamgauge_request_throughput gauge
# HELP streamgauge_request_throughput Completed requests a second.
streamgauge_request_throughput{target="gateway",phase="steady"} 17
# TYPE streamgauge_token_throughput gauge
# HELP streamgauge_token_throughput Streamed tokens a second.
streamgauge_token_throughput{target="gateway",phase="steady"} 1700
# EOF
)");
}

TEST(Openmetrics, RoundsSoThatEqualStaysEqual) {
    const auto text_for = [](nanoseconds ttft, std::uint64_t errors) {
        auto fixture = export_fixture();
        for (auto& group : fixture.summary.groups) {
            group.metrics.insert_or_assign("ttft", metric_at(ttft));
            group.errors = {errors, 10'000};
        }
        return openmetrics_text(fixture.run());
    };
    EXPECT_EQ(text_for(412ms, 11), text_for(408ms, 14));
    EXPECT_NE(text_for(412ms, 11), text_for(428ms, 11));
    EXPECT_NE(text_for(412ms, 11), text_for(412ms, 29));
    for (const auto& [ttft, text] : {std::pair{nanoseconds{412ms}, "0.41"},
                                     {3'270us, "0.003"},
                                     {300us, "0"},
                                     {1'234ms, "1.2"},
                                     {996ms, "1"},
                                     {123s, "120"},
                                     {300ms, "0.3"}}) {
        EXPECT_THAT(text_for(ttft, 0), HasSubstr(std::string("quantile=\"0.5\"} ") + text + "\n"));
    }
}

TEST(Openmetrics, LeavesOutWhatWasNotMeasured) {
    auto fixture = export_fixture();
    for (auto& group : fixture.summary.groups) {
        group.metrics.clear();
        group.errors = {};
    }
    const auto text = openmetrics_text(fixture.run());
    EXPECT_THAT(text, Not(HasSubstr("seconds")));
    EXPECT_THAT(text, Not(HasSubstr("ratio")));
}

TEST(Openmetrics, TellsWhatTargetsAddToTheBase) {
    auto fixture = export_fixture();
    fixture.summary.groups.clear();
    fixture.summary.comparisons = export_pairs();
    const auto text = openmetrics_text(fixture.run());
    EXPECT_EQ(text.substr(text.find("# TYPE streamgauge_pair")),
              R"(# TYPE streamgauge_pair_ttft_added_seconds gauge
# UNIT streamgauge_pair_ttft_added_seconds seconds
# HELP streamgauge_pair_ttft_added_seconds Median over pairs of what the first token comes later than at the base.
streamgauge_pair_ttft_added_seconds{target="gateway",base="direct",phase="steady"} 0.3
# TYPE streamgauge_pair_lag_seconds gauge
# UNIT streamgauge_pair_lag_seconds seconds
# HELP streamgauge_pair_lag_seconds By how much every token alike comes later than at the base.
streamgauge_pair_lag_seconds{target="gateway",base="direct",phase="steady"} 0
# TYPE streamgauge_pair_hold_mean_seconds gauge
# UNIT streamgauge_pair_hold_mean_seconds seconds
# HELP streamgauge_pair_hold_mean_seconds How long tokens are held beyond the lag, mean over the answer.
streamgauge_pair_hold_mean_seconds{target="gateway",base="direct",phase="steady"} 0.15
# TYPE streamgauge_pair_hold_p95_seconds gauge
# UNIT streamgauge_pair_hold_p95_seconds seconds
# HELP streamgauge_pair_hold_p95_seconds How long tokens are held beyond the lag, where they are held longest (p95).
streamgauge_pair_hold_p95_seconds{target="gateway",base="direct",phase="steady"} 0.31
# EOF
)");
}

}  // namespace
}  // namespace streamgauge::report
