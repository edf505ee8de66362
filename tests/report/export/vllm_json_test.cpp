#include "report/export/vllm_json.h"

#include "tests/report/export/export_fixture.h"
#include "tests/report/export/temporary_folder.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;

boost::json::object first_of(const Export& fixture) {
    return boost::json::parse(lines_of(vllm_json(fixture.run())).front()).as_object();
}

TEST(VllmJson, ReadsLikeThis) {
    auto fixture = export_fixture();
    fixture.summary.groups.erase(fixture.summary.groups.begin() + 2);
    EXPECT_EQ(vllm_json(fixture.run()),
              R"({"date":"20260921-141320","endpoint_type":"openai-chat","backend":"openai-chat",)"
              R"("label":"gateway","phase":"steady","model_id":"my-model","tokenizer_id":null,)"
              R"("num_prompts":1000,"request_rate":10,"burstiness":1,"max_concurrency":null,)"
              R"("duration":60,"completed":988,"failed":12,"total_input_tokens":null,)"
              R"("total_output_tokens":100000,"request_throughput":16.6,"request_goodput":null,)"
              R"("output_throughput":1666.6,"total_token_throughput":null,"max_concurrent_requests":41,)"
              R"("mean_ttft_ms":250,"median_ttft_ms":400,"std_ttft_ms":50,"p90_ttft_ms":400,)"
              R"("p95_ttft_ms":400,"p99_ttft_ms":400,)"
              R"("mean_tpot_ms":null,"median_tpot_ms":null,"std_tpot_ms":null,"p90_tpot_ms":null,)"
              R"("p95_tpot_ms":null,"p99_tpot_ms":null,)"
              R"("mean_itl_ms":250,"median_itl_ms":20.5,"std_itl_ms":50,"p90_itl_ms":20.5,)"
              R"("p95_itl_ms":20.5,"p99_itl_ms":20.5,)"
              R"("mean_e2el_ms":null,"median_e2el_ms":null,"std_e2el_ms":null,"p90_e2el_ms":null,)"
              R"("p95_e2el_ms":null,"p99_e2el_ms":null})"
              "\n");
}

TEST(VllmJson, HasALineForEachTargetAndMeasuredPhase) {
    const auto lines = lines_of(vllm_json(export_fixture().run()));
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(boost::json::parse(lines[0]).at("label"), "direct");
    EXPECT_EQ(boost::json::parse(lines[1]).at("label"), "gateway");
}

TEST(VllmJson, SaysAClosedLoopAsALimitOnConcurrency) {
    auto fixture = export_fixture();
    fixture.scenario.load.at(1).shape = scenarios::ClosedLoop{{0, 50, 0s}, 0s};
    const auto result = first_of(fixture);
    EXPECT_EQ(result.at("request_rate"), "inf");
    EXPECT_EQ(result.at("max_concurrency"), 25) << "half of the requests go to each target";
}

TEST(VllmJson, SaysARamp) {
    auto fixture = export_fixture();
    fixture.scenario.load.at(1).shape = scenarios::OpenLoop{{4, 20, 10s}, scenarios::Arrivals::constant, 64};
    const auto result = first_of(fixture);
    EXPECT_EQ(result.at("request_rate"), "inf");
    EXPECT_EQ(result.at("burstiness"), "inf");
    EXPECT_EQ(result.at("max_concurrency"), 64);
    EXPECT_EQ(result.at("ramp_up_strategy"), "linear");
    EXPECT_EQ(result.at("ramp_up_start_rps"), 2);
    EXPECT_EQ(result.at("ramp_up_end_rps"), 10);
}

TEST(VllmJson, UsesVllmsNameOfABackend) {
    auto fixture = export_fixture();
    fixture.scenario.targets.at(0).api = "openai-completions";
    EXPECT_EQ(first_of(fixture).at("backend"), "openai");
}

TEST(VllmJson, CountsGoodputASecond) {
    auto fixture = export_fixture();
    fixture.summary.groups.at(2).goodput = {900, 1'000};
    EXPECT_EQ(first_of(fixture).at("request_goodput"), 15);
}

}  // namespace
}  // namespace streamgauge::report
