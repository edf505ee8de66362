#include "report/export/csv.h"

#include "tests/report/export/export_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(CsvTable, HasARowForEachTargetAndMeasuredPhase) {
    auto fixture = export_fixture();
    fixture.summary.comparisons = export_pairs();
    EXPECT_EQ(
        csv_table(fixture.run()),
        "scenario,start,target,phase,requests,errors,errors_ratio,goodput_ratio,requests_per_second,"
        "tokens_per_second,output_tokens,buffering,hold_estimated_p95_ms,"
        "ttft_count,ttft_censored,ttft_mean_ms,ttft_stddev_ms,ttft_min_ms,ttft_p50_ms,ttft_p90_ms,"
        "ttft_p95_ms,ttft_p99_ms,ttft_p99.9_ms,ttft_max_ms,"
        "ttft_sent_count,ttft_sent_censored,ttft_sent_mean_ms,ttft_sent_stddev_ms,ttft_sent_min_ms,"
        "ttft_sent_p50_ms,ttft_sent_p90_ms,ttft_sent_p95_ms,ttft_sent_p99_ms,ttft_sent_p99.9_ms,"
        "ttft_sent_max_ms,"
        "itl_count,itl_censored,itl_mean_ms,itl_stddev_ms,itl_min_ms,itl_p50_ms,itl_p90_ms,itl_p95_ms,"
        "itl_p99_ms,itl_p99.9_ms,itl_max_ms,"
        "tpot_count,tpot_censored,tpot_mean_ms,tpot_stddev_ms,tpot_min_ms,tpot_p50_ms,tpot_p90_ms,"
        "tpot_p95_ms,tpot_p99_ms,tpot_p99.9_ms,tpot_max_ms,"
        "e2e_count,e2e_censored,e2e_mean_ms,e2e_stddev_ms,e2e_min_ms,e2e_p50_ms,e2e_p90_ms,e2e_p95_ms,"
        "e2e_p99_ms,e2e_p99.9_ms,e2e_max_ms,"
        "max_gap_count,max_gap_censored,max_gap_mean_ms,max_gap_stddev_ms,max_gap_min_ms,"
        "max_gap_p50_ms,max_gap_p90_ms,max_gap_p95_ms,max_gap_p99_ms,max_gap_p99.9_ms,max_gap_max_ms,"
        "pair_base,pairs,pair_verdict,pair_ttft_added_ms,pair_ttft_added_low_ms,pair_ttft_added_high_ms,"
        "pair_lag_ms,pair_lag_low_ms,pair_lag_high_ms,pair_hold_mean_ms,pair_hold_mean_low_ms,"
        "pair_hold_mean_high_ms,pair_hold_p95_ms,pair_hold_p95_low_ms,pair_hold_p95_high_ms,"
        "pair_order_effect_ms,pair_order_effect_p\r\n"
        "chat v1.2,2026-09-21T14:13:20Z,direct,steady,1000,0,0,,16.6,1666.6,100000,none,,"
        "1000,0,250.000,50.000,100.000,400.000,400.000,400.000,400.000,400.000,900.000,"
        "0,0,,,,,,,,,,"
        "1000,0,250.000,50.000,100.000,20.500,20.500,20.500,20.500,20.500,900.000,"
        "0,0,,,,,,,,,,0,0,,,,,,,,,,0,0,,,,,,,,,,"
        ",,,,,,,,,,,,,,,,\r\n"
        "chat v1.2,2026-09-21T14:13:20Z,gateway,steady,1000,12,0.012,,16.6,1666.6,100000,block,310.000,"
        "1000,0,250.000,50.000,100.000,400.000,400.000,400.000,400.000,400.000,900.000,"
        "0,0,,,,,,,,,,"
        "1000,0,250.000,50.000,100.000,20.500,20.500,20.500,20.500,20.500,900.000,"
        "0,0,,,,,,,,,,0,0,,,,,,,,,,0,0,,,,,,,,,,"
        "direct,60,holds,302.000,290.000,315.000,-0.400,-2.000,1.200,150.000,140.000,160.000,308.000,301.000,"
        "313.000,12.000,0.031\r\n");
}

TEST(CsvTable, LeavesOutWhatTooFewSamplesOrCutRequestsDoNotTell) {
    auto fixture = export_fixture();
    auto& ttft = fixture.summary.groups.at(2).metrics.at("ttft");
    ttft.percentiles.at(4).enough_samples = false;
    ttft.percentiles.at(3).value.reset();
    ttft.censored = 20;
    EXPECT_THAT(csv_table(fixture.run()),
                HasSubstr("1000,20,250.000,50.000,100.000,400.000,400.000,400.000,,,,"));
}

TEST(CsvTable, HasARowForEachValueOfALabel) {
    auto fixture = export_fixture();
    LabelledGroup hit{"direct", "HIT, \"edge\"", 40, {2, 40}, {}};
    hit.metrics.emplace("ttft", metric_at(20ms));
    fixture.summary.labels = {{"cache", "x-cache", {hit}}};
    const auto text = csv_table(fixture.run());
    EXPECT_THAT(text, HasSubstr(",pair_order_effect_p,label,label_value\r\n"));
    EXPECT_THAT(text, HasSubstr(",direct,steady,1000,0,0,,16.6,1666.6,100000,none,,"));
    EXPECT_THAT(text, HasSubstr("0,0" + std::string(28, ',') + "\r\n")) << "rows of phases have no label";
    EXPECT_THAT(text, EndsWith("chat v1.2,2026-09-21T14:13:20Z,direct,,40,2,0.05,,,,,,,"
                               "1000,0,250.000,50.000,100.000,20.000,20.000,20.000,20.000,20.000,900.000" +
                               std::string(73, ',') + "cache,\"HIT, \"\"edge\"\"\"\r\n"));
}

TEST(CsvTable, OfNothingIsItsHeader) {
    EXPECT_THAT(csv_table(Export().run()), StartsWith("scenario,start,"));
    const auto text = csv_table(Export().run());
    EXPECT_EQ(text.find('\n'), text.size() - 1);
}

}  // namespace
}  // namespace streamgauge::report
