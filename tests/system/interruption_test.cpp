#include "tests/system/fixture.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

namespace streamgauge::system_tests {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// A long run, interrupted by each test in its own way once some requests have ended.
class Interruption : public ::testing::Test {
  protected:
    Interruption() {
        scene.load = "{ phase: steady, users: 20, for: 120s }";
        scene.behaviour = "ttft: 20ms, itl: 5ms, tokens: 20";
    }

    void wait_for_rows(std::size_t count) {
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        while (complete_lines() < count) {
            if (std::chrono::steady_clock::now() > deadline) FAIL() << "no rows after a minute";
            std::this_thread::sleep_for(20ms);
        }
    }

    std::size_t complete_lines() const {
        std::ifstream file(bench.folder().path() / "requests.jsonl");
        return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(file), {}, '\n'));
    }

    Simulator simulator;
    Bench bench;
    Scene scene{simulator.chat_url()};
};

TEST_F(Interruption, FirstSignalDrainsAndWritesTheReport) {
    for (const auto& [number, status] : {std::pair{SIGINT, 130}, std::pair{SIGTERM, 143}}) {
        Bench fresh;
        Process process(fresh.command(scene));
        process.wait_for_line("open");
        process.signal(number);
        EXPECT_EQ(process.wait(), status) << process.out() << process.err();
        EXPECT_THAT(process.err(), HasSubstr("stopping: waiting for "));
        EXPECT_THAT(process.err(), HasSubstr(number == SIGINT ? "Ctrl-C again to stop at once"
                                                              : "SIGTERM again to stop at once"));
        const auto summary = fresh.folder().summary();
        EXPECT_TRUE(summary.at("run").at("interrupted").as_bool());
        EXPECT_EQ(summary.at("run").at("signal").to_number<int>(), number);
        EXPECT_TRUE(std::filesystem::exists(fresh.folder().path() / "report.html"));
        for (const auto& row : fresh.folder().rows())
            EXPECT_EQ(row.at("outcome").as_string(), "completed") << row;
    }
}

TEST_F(Interruption, SecondSignalStopsAtOnce) {
    scene.behaviour = "ttft: 20ms, itl: 100ms, tokens: 3000";
    Process process(bench.command(scene));
    process.wait_for_line("open");
    process.signal(SIGINT);
    process.wait_for_line("stopping: waiting for 20 open streams");
    process.signal(SIGINT);
    EXPECT_EQ(process.wait(), 130);
    const auto rows = bench.folder().rows();
    EXPECT_EQ(rows.size(), 20u);
    for (const auto& row : rows)
        EXPECT_EQ(row.at("outcome").as_string(), "aborted") << row;
}

TEST_F(Interruption, KilledRunCanStillBeReported) {
    Process process(bench.command(scene, {"--quiet"}));
    wait_for_rows(40);
    process.signal(SIGKILL);
    EXPECT_EQ(process.wait(), 128 + SIGKILL);
    const auto kept = complete_lines() - 1;  // the first says what the run is

    const auto finished = run({program(), "report", bench.folder().path().string()});
    SCOPED_TRACE(finished.out + finished.err);
    EXPECT_THAT(finished.err, HasSubstr("killed before its end"));
    const auto summary = bench.folder().summary();
    EXPECT_TRUE(summary.at("run").at("partial").as_bool());
    const auto& all = summary.at("groups").as_array().at(0).as_object();
    EXPECT_EQ(all.at("due").to_number<std::size_t>(), kept);
    EXPECT_TRUE(std::filesystem::exists(bench.folder().path() / "report.html"));
}

TEST_F(Interruption, ReportWrittenAgainAgreesWithTheFirst) {
    scene.load =
        "{ phase: warm-up, users: 5, for: 200ms, warmup: true }, { phase: steady, rate: 100/s, for: 1s }";
    const auto first = bench.run(scene, {"--json", "--quiet"});
    ASSERT_EQ(first.status, 0) << first.err;
    const auto again = run({program(), "report", bench.folder().path().string(), "--json"});
    EXPECT_EQ(again.status, 0) << again.err;
    const auto before = bench.folder().summary();
    EXPECT_EQ(boost::json::parse(first.out), boost::json::value(before));
    const auto rebuilt = boost::json::parse(again.out).as_object();
    const auto& groups_before = before.at("groups").as_array();
    const auto& groups_after = rebuilt.at("groups").as_array();
    ASSERT_EQ(groups_after.size(), groups_before.size());
    for (std::size_t i = 0; i < groups_before.size(); ++i) {
        for (const auto* key : {"target", "phase", "due", "outcomes", "token_events", "output_tokens"}) {
            EXPECT_EQ(groups_after[i].at(key), groups_before[i].at(key)) << key;
        }
        EXPECT_EQ(groups_after[i].at("metrics").at("ttft"), groups_before[i].at("metrics").at("ttft"));
    }
}

}  // namespace
}  // namespace streamgauge::system_tests
