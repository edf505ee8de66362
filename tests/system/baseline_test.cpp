#include "tests/system/fixture.h"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

namespace streamgauge::system_tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const boost::json::object& figure_of(const boost::json::object& comparison, std::string_view metric) {
    for (const auto& row : comparison.at("rows").as_array()) {
        if (std::string_view(row.at("metric").as_string()) == metric)
            return row.at("candidates").at(0).as_object();
    }
    throw std::runtime_error("no such row");
}

/// Runs against simulated servers that answer as quickly as they are told to.
class BaselineRuns : public ::testing::Test {
  protected:
    /// Floors wide enough for a machine that is busy with other things.
    static constexpr auto usual = "{ runs: runs/good, floor: { relative: 30%, time: 40ms, errors: 5% } }";

    static Simulator server(const std::string& ttft) {
        return Simulator({"--ttft", ttft, "--itl", "4ms", "--tokens", "10"});
    }
    std::filesystem::path scenario(const Simulator& server, const std::string& baseline) const {
        auto text = fmt::format(
            "version: 1\nname: gated by a baseline\ntargets: {{ api: \"{}\" }}\n"
            "load: [ {{ phase: steady, rate: 40/s, for: 6s }} ]\n",
            server.chat_url());
        if (!baseline.empty()) text += "baseline: " + baseline + "\n";
        return files_.write("scenario.yaml", text);
    }
    Finished run_into(const std::string& name, const std::filesystem::path& scenario,
                      const std::vector<std::string>& more = {}) const {
        std::vector<std::string> command{program(), "run", scenario.string(), "--out", at(name), "--quiet"};
        command.insert(command.end(), more.begin(), more.end());
        return run_until_valid(command, RunFolder(at(name)));
    }
    std::string at(const std::string& name) const { return (files_.path() / "runs" / name).string(); }

    const TemporaryFolder files_;
};

TEST_F(BaselineRuns, ARegressionFailsTheRunAndIsShownEverywhere) {
    ASSERT_EQ(run_into("good", scenario(server("100ms"), "")).status, 0);
    const auto slower = server("200ms");
    const auto finished = run_into("slow", scenario(slower, usual), {"--export", "all", "--annotations"});
    SCOPED_TRACE(finished.out + finished.err);
    EXPECT_EQ(finished.status, 1);
    EXPECT_THAT(finished.out,
                HasSubstr("Failed: 1 of 3 gated figures is worse than the baseline; worst: ttft.p95 "
                          "on api 10"));
    EXPECT_THAT(finished.out, HasSubstr("Against the baseline runs/good"));
    EXPECT_THAT(finished.err, HasSubstr("title=Worse than the baseline"));
    const auto folder = RunFolder(at("slow"));
    EXPECT_THAT(read_text(folder.path() / "junit.xml"), HasSubstr("<failure type=\"worse\""));
    EXPECT_THAT(read_text(folder.path() / "summary.md"),
                HasSubstr("| \u274c worse | `ttft.p95` | `api, steady`"));

    const auto summary = folder.summary();
    EXPECT_TRUE(summary.at("baseline").at("regressed").as_bool());
    const auto& ttft = figure_of(summary.at("baseline").as_object(), "ttft.p95");
    EXPECT_GT(ttft.at("low").to_number<double>(), 0.6) << "from 100 ms to 200 ms";
    EXPECT_LT(ttft.at("high").to_number<double>(), 1.5);
    EXPECT_TRUE(ttft.at("within_run").as_bool());

    // The folder alone says the same when the baseline is gone.
    std::filesystem::remove_all(at("good"));
    const auto again = run({program(), "report", at("slow")});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(folder.summary(), summary);
    EXPECT_THAT(again.out, HasSubstr("worse than the baseline"));
}

TEST_F(BaselineRuns, WhatCompareSaysIsWhatARunSays) {
    const auto same = server("100ms");
    ASSERT_EQ(run_into("good", scenario(same, "")).status, 0);
    const auto finished = run_into("next", scenario(same, "runs/good"));
    const auto compared = run({program(), "compare", at("good"), at("next"), "--json"});
    const auto told = RunFolder(at("next")).summary().at("baseline").as_object();
    const auto direct = boost::json::parse(compared.out).as_object();
    EXPECT_EQ(told.at("rows"), direct.at("rows"));
    EXPECT_EQ(finished.status, compared.status) << finished.out;
}

TEST_F(BaselineRuns, ARunLikeItsBaselinePasses) {
    const auto same = server("100ms");
    const auto plain = scenario(same, "");
    for (const auto* const name : {"good", "b", "c"})
        ASSERT_EQ(run_into(name, plain).status, 0);
    const auto one = run_into("next", scenario(same, usual));
    EXPECT_EQ(one.status, 0) << one.out;
    EXPECT_THAT(one.out, HasSubstr("Passed: the run is valid; "));
    EXPECT_THAT(one.out, HasSubstr("Within these runs only"));
    // What the command line names stands in for the scenario's, gate and floor stay.
    const auto several = run_into("last", scenario(same, usual),
                                  {"--baseline", at("good"), "--baseline", at("b"), "--baseline", at("c")});
    EXPECT_THAT(several.out,
                AllOf(HasSubstr("Against the baseline "), Not(HasSubstr("Within these runs only"))));
    EXPECT_EQ(RunFolder(at("last")).summary().at("baseline").at("baselines").as_array().size(), 3u);
    EXPECT_EQ(several.status, 0) << several.out;
}

TEST_F(BaselineRuns, AMissingOrDamagedBaselineIsSaidBeforeTheLoadStarts) {
    const auto idle = server("100ms");
    const auto missing =
        run({program(), "run", scenario(idle, "runs/nowhere").string(), "--out", at("next")});
    EXPECT_EQ(missing.status, 2);
    EXPECT_THAT(missing.err, HasSubstr("scenario.yaml:5:1: there is no baseline runs/nowhere"));
    EXPECT_FALSE(std::filesystem::exists(at("next")));
    EXPECT_EQ(run({program(), "check", scenario(idle, "runs/nowhere").string()}).status, 2);

    std::filesystem::create_directories(at("damaged"));
    files_.write("runs/damaged/requests.jsonl", "half a li");
    const auto damaged =
        run({program(), "run", scenario(idle, "runs/damaged").string(), "--out", at("next")});
    EXPECT_EQ(damaged.status, 2);
    EXPECT_THAT(damaged.err, HasSubstr("cannot compare with the baseline runs/damaged"));
    const auto named = run({program(), "run", scenario(idle, "").string(), "--baseline", at("nowhere")});
    EXPECT_EQ(named.status, 2);
    EXPECT_THAT(named.err, HasSubstr("there is no baseline"));
}

}  // namespace
}  // namespace streamgauge::system_tests
