#include "tests/system/fixture.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <filesystem>
#include <string>

namespace streamgauge::system_tests {
namespace {

using ::testing::HasSubstr;

/// Prompts of which the first come to short answers and a few in the middle to long ones.
std::string prompts(int number, int first_long, int after_long) {
    std::string lines;
    for (int i = 0; i < number; ++i) {
        const bool is_long = first_long <= i && i < after_long;
        lines +=
            is_long ? R"({"prompt":"Tell me all.","max_tokens":100})" : R"({"prompt":"Hi.","max_tokens":4})";
        lines += '\n';
    }
    return lines;
}

TEST(Expectations, AWindowMissesThoughThePhaseHolds) {
    const Simulator simulator({"--ttft", "200ms", "--itl", "10ms"});
    Bench bench;
    bench.files().write("prompts.jsonl", prompts(600, 250, 270));
    Scene scene{simulator.chat_url()};
    scene.load = "{ phase: steady, rate: 100/s, for: 6s }";
    scene.more =
        "workload: { prompts: { file: prompts.jsonl } }\n"
        "expect:\n"
        "  - e2e.p95 < 700ms\n"
        "  - e2e.p95 per 2s < 700ms\n"
        "  - errors per 2s < 5%\n"
        "  - throughput.requests per 2s > 50/s\n";
    const auto finished = bench.run(scene, {"--quiet"});
    SCOPED_TRACE(finished.out + finished.err);
    EXPECT_EQ(finished.status, 1);
    const auto summary = bench.folder().summary();
    const auto& results = summary.at("verdict").at("expectations").as_array();
    const auto judgement = [&](std::size_t i) {
        return std::string(results.at(i).at("judgement").as_string());
    };
    ASSERT_EQ(results.size(), 4U);
    EXPECT_EQ(judgement(0), "held");
    EXPECT_EQ(judgement(1), "missed");
    EXPECT_EQ(judgement(2), "held");
    EXPECT_EQ(judgement(3), "held");
    const std::string measured(results.at(1).at("measured").as_string());
    EXPECT_THAT(measured, HasSubstr("s in 2s-4s of steady"));
    EXPECT_EQ(
        summary.at("verdict").at("sentence").as_string(),
        "Failed: 1 of 4 expectations missed; worst: e2e.p95 per 2s on served " + measured + ", limit 700ms.");

    const auto again = run({program(), "report", bench.folder().path().string()});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_THAT(again.out, HasSubstr(measured)) << "from the rows alone";
    std::filesystem::remove(bench.folder().path() / "summary.json");
    const auto killed = run({program(), "report", bench.folder().path().string()});
    EXPECT_THAT(killed.out, HasSubstr(measured)) << killed.err;
}

}  // namespace
}  // namespace streamgauge::system_tests
