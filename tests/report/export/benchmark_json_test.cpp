#include "report/export/benchmark_json.h"

#include "tests/report/export/export_fixture.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(BenchmarkJson, ReadsLikeThis) {
    auto fixture = export_fixture();
    fixture.summary.groups.erase(fixture.summary.groups.begin() + 2);
    EXPECT_EQ(benchmark_json(fixture.run()), R"([
  {"name":"gateway / steady: ttft.p50","unit":"ms","value":400,"range":"380 to 420","extra":"1000 samples, 95% interval by block bootstrap"},
  {"name":"gateway / steady: ttft.p95","unit":"ms","value":400,"range":"380 to 420","extra":"1000 samples, 95% interval by block bootstrap"},
  {"name":"gateway / steady: ttft.p99","unit":"ms","value":400,"range":"380 to 420","extra":"1000 samples, 95% interval by block bootstrap"},
  {"name":"gateway / steady: itl.p95","unit":"ms","value":20.5,"range":"19.475 to 21.525","extra":"1000 samples, 95% interval by block bootstrap"},
  {"name":"gateway / steady: itl.p99","unit":"ms","value":20.5,"range":"19.475 to 21.525","extra":"1000 samples, 95% interval by block bootstrap"},
  {"name":"gateway / steady: errors","unit":"%","value":1.2,"range":"0.6878 to 2.086","extra":"12 of 1000 requests, 95% interval by Wilson"}
]
)");
}

TEST(BenchmarkJson, LeavesOutWhatHasNoValue) {
    auto fixture = export_fixture();
    for (auto& group : fixture.summary.groups) {
        auto& ttft = group.metrics.at("ttft").percentiles;
        ttft.at(2).value.reset();
        ttft.at(3).enough_samples = false;
        ttft.at(0).low.reset();
    }
    const auto text = benchmark_json(fixture.run());
    EXPECT_THAT(text, HasSubstr("ttft.p50\",\"unit\":\"ms\",\"value\":400,\"range\":\"? to 420\""));
    EXPECT_THAT(text, Not(HasSubstr("ttft.p95")));
    EXPECT_THAT(text, Not(HasSubstr("ttft.p99")));
}

TEST(BenchmarkJson, OfNothingIsAnEmptyList) {
    EXPECT_TRUE(boost::json::parse(benchmark_json(Export().run())).as_array().empty());
}

TEST(BenchmarkJson, TellsWhatTargetsAddToTheBase) {
    auto fixture = export_fixture();
    fixture.summary.groups.clear();
    fixture.summary.comparisons = export_pairs();
    EXPECT_EQ(benchmark_json(fixture.run()), R"json([
  {"name":"gateway / steady: TTFT added against direct","unit":"ms","value":302,"range":"290 to 315","extra":"60 pairs, 95% interval by drawing them again, order effect 12ms (p 0.031)"},
  {"name":"gateway / steady: lag against direct","unit":"ms","value":-0.4,"range":"-2 to 1.2","extra":"60 pairs, 95% interval by drawing them again, order effect 12ms (p 0.031)"},
  {"name":"gateway / steady: hold mean against direct","unit":"ms","value":150,"range":"140 to 160","extra":"60 pairs, 95% interval by drawing them again, order effect 12ms (p 0.031)"},
  {"name":"gateway / steady: hold p95 against direct","unit":"ms","value":308,"range":"301 to 313","extra":"60 pairs, 95% interval by drawing them again, order effect 12ms (p 0.031)"}
]
)json");
}

}  // namespace
}  // namespace streamgauge::report
