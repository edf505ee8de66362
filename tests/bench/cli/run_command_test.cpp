#include "tests/bench/cli/simulated_run.h"
#include "tests/report/export/file_size_limit.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <algorithm>

namespace streamgauge::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class RunCommand : public ::testing::Test, protected SimulatedRun {};

TEST_F(RunCommand, WritesTheFolderAndPrintsASummary) {
    EXPECT_EQ(run({scenario().string()}), 0) << test.err.str();
    for (const auto* name :
         {"scenario.yaml", "summary.json", "requests.jsonl", "timelines.jsonl", "report.html"}) {
        EXPECT_TRUE(std::filesystem::is_regular_file(out() / name)) << name;
    }
    EXPECT_THAT(test.out.str(),
                AllOf(HasSubstr("served"), HasSubstr("TTFT"), HasSubstr((out() / "report.html").string())));
    EXPECT_THAT(test.out.str(), Not(HasSubstr("\x1b")));
    EXPECT_THAT(test.err.str(), HasSubstr("running short streams for 200ms, seed 1, into " + out().string()));
}

TEST_F(RunCommand, QuietSaysNothing) {
    EXPECT_EQ(run({scenario().string(), "--quiet"}), 0);
    EXPECT_THAT(test.err.str(), IsEmpty());
    EXPECT_THAT(test.out.str(), Not(IsEmpty()));
}

TEST_F(RunCommand, JsonIsTheSummaryFile) {
    EXPECT_EQ(run({scenario().string(), "--json"}), 0) << test.err.str();
    std::ifstream file(out() / "summary.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(test.out.str(), text);
    const auto summary = boost::json::parse(text);
    EXPECT_EQ(summary.at("groups").at(0).at("due").to_number<int>(), 20);
}

TEST_F(RunCommand, AConditionEndsTheRunEarly) {
    const auto file = scenario("{ phase: steady, rate: 100/s, for: 600s }",
                               "expect: [errors < 1%]\nabort_when: [ttft.p50 > 50ms for 1s]\n");
    EXPECT_EQ(run({file.string(), "--junit", (folder.path() / "junit.xml").string()}), 1) << test.err.str();
    EXPECT_THAT(test.out.str(), HasSubstr("Failed: `ttft.p50 > 50ms for 1s` struck on served after "));
    EXPECT_THAT(test.err.str(), HasSubstr("stopping: `ttft.p50 > 50ms for 1s` struck on served after "));
    const auto read = [](const std::filesystem::path& path) {
        std::ifstream in(path);
        return std::string{std::istreambuf_iterator<char>(in), {}};
    };
    const auto run = boost::json::parse(read(out() / "summary.json")).at("run");
    EXPECT_FALSE(run.at("interrupted").as_bool());
    EXPECT_LT(run.at("duration_ns").to_number<std::int64_t>(), 60'000'000'000) << "not 600 s";
    const auto& aborted = run.at("aborted");
    EXPECT_EQ(aborted.at("condition").as_string(), "ttft.p50 > 50ms for 1s");
    EXPECT_EQ(aborted.at("target").as_string(), "served");
    EXPECT_GE(aborted.at("at_ns").to_number<std::int64_t>(), 1'000'000'000);
    EXPECT_THAT(read(out() / "requests.jsonl"), Not(HasSubstr("\"aborted\""))) << "open streams may end";
    EXPECT_THAT(read(folder.path() / "junit.xml"), HasSubstr("<failure"));
    TestConsole again;
    EXPECT_EQ(again.run({"report", out().string()}), 0) << again.err.str();
    EXPECT_THAT(again.out.str(), HasSubstr("`ttft.p50 > 50ms for 1s` struck on served after "));
}

TEST_F(RunCommand, AConditionThatIsNotBrokenChangesNothing) {
    const auto status = run({scenario("{ phase: steady, rate: 100/s, for: 2s }",
                                      "abort_when: [errors > 20% for 1s, ttft.p50 > 50s for 1s]\n")
                                 .string(),
                             "--json"});
    const auto summary = boost::json::parse(test.out.str());
    const bool valid = summary.at("validity").at("valid").as_bool();  // not so on a machine that is busy
    EXPECT_EQ(status, valid ? 0 : 3) << test.err.str();
    EXPECT_EQ(summary.at("groups").at(0).at("due").to_number<int>(), 200) << "to the end";
    EXPECT_THAT(test.err.str(), Not(HasSubstr("struck")));
}

TEST_F(RunCommand, WithoutHtmlThereIsNoPage) {
    EXPECT_EQ(run({scenario().string(), "--no-html"}), 0) << test.err.str();
    EXPECT_FALSE(std::filesystem::exists(out() / "report.html"));
}

TEST_F(RunCommand, ExportsAreTheSameAsThoseOfReport) {
    EXPECT_EQ(run({scenario().string(), "--export", "all", "--csv", (folder.path() / "run.csv").string()}), 0)
        << test.err.str();
    const auto read = [](const std::filesystem::path& file) {
        std::ifstream in(file);
        return std::string{std::istreambuf_iterator<char>(in), {}};
    };
    TestConsole again;
    EXPECT_EQ(again.run({"report", out().string(), "--csv", (folder.path() / "report.csv").string(),
                         "--vllm-json", (folder.path() / "vllm.json").string(), "--junit",
                         (folder.path() / "junit.xml").string()}),
              0)
        << again.err.str();
    EXPECT_THAT(read(out() / "summary.csv"), HasSubstr("served,steady,20,"));
    EXPECT_EQ(read(folder.path() / "run.csv"), read(folder.path() / "report.csv"));
    EXPECT_EQ(read(out() / "vllm.json"), read(folder.path() / "vllm.json"));
    EXPECT_EQ(read(out() / "junit.xml"), read(folder.path() / "junit.xml"));
}

TEST_F(RunCommand, ExportThatCannotBeWrittenIsSaidBeforeTheRun) {
    EXPECT_EQ(test.run({"run", scenario().string(), "--junit", "/nowhere/junit.xml"}), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("--junit /nowhere/junit.xml: No such file or directory"));
    EXPECT_FALSE(std::filesystem::exists(out()));
}

TEST_F(RunCommand, FullDiskAtTheEndIsSaidBesideTheSummary) {
    EXPECT_EQ(run({scenario().string(), "--junit", "/dev/full"}), 4) << test.out.str();
    EXPECT_THAT(test.err.str(), HasSubstr("cannot write /dev/full: No space left on device"));
    EXPECT_THAT(test.out.str(), HasSubstr("served"));
    EXPECT_TRUE(std::filesystem::exists(out() / "report.html"));
}

TEST_F(RunCommand, DoesNotNameAPageThatCouldNotBeWritten) {
    const report::testing::FileSizeLimit room_for_rows{64 << 10};
    EXPECT_EQ(run({scenario().string()}), 4) << test.out.str();
    EXPECT_THAT(test.err.str(), HasSubstr("cannot write " + (out() / "report.html").string()));
    EXPECT_THAT(test.out.str(), AllOf(HasSubstr(out().string()), Not(HasSubstr("report.html"))));
}

TEST_F(RunCommand, GithubGetsAnnotationsAndASummary) {
    const auto file =
        scenario("{ phase: steady, rate: 400/s, for: 250ms }", "expect: [ \"ttft.p95 < 1ms\" ]\n");
    test.variables = {{"GITHUB_ACTIONS", "true"},
                      {"GITHUB_WORKSPACE", folder.path().string()},
                      {"GITHUB_STEP_SUMMARY", (folder.path() / "step.md").string()}};
    EXPECT_EQ(run({file.string()}), 1) << test.out.str();
    EXPECT_THAT(test.err.str(),
                HasSubstr("::error file=scenario.yaml,line=6,col=11,title=Expectation missed::"));
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "step.md"));
}

TEST_F(RunCommand, MissedExpectationIsOne) {
    const auto file =
        scenario("{ phase: steady, rate: 400/s, for: 250ms }", "expect: [ \"ttft.p95 < 1ms\" ]\n");
    EXPECT_EQ(run({file.string()}), 1) << test.out.str();
    EXPECT_THAT(test.out.str(), HasSubstr("ttft.p95 < 1ms"));
}

TEST_F(RunCommand, TooFewSamplesAreThree) {
    const auto file =
        scenario("{ phase: steady, rate: 50/s, for: 200ms }", "expect: [ \"ttft.p95 < 1s\" ]\n");
    EXPECT_EQ(run({file.string()}), 3) << test.out.str();
}

TEST_F(RunCommand, TargetThatNeverAnswersIsThree) {
    const auto file = scenario();
    server.stop();
    EXPECT_EQ(run({file.string()}), 3) << test.out.str();
}

TEST_F(RunCommand, OverridesReachTheRun) {
    EXPECT_EQ(run({scenario().string(), "--json", "--set", "load.steady.rate=200/s", "--set", "seed=7"}), 0)
        << test.err.str();
    const auto summary = boost::json::parse(test.out.str());
    EXPECT_EQ(summary.at("groups").at(0).at("due").to_number<int>(), 40);
    EXPECT_EQ(summary.at("run").at("seed").to_number<int>(), 7);
}

TEST_F(RunCommand, ScheduleDoesNotDependOnTheWorkers) {
    const auto file = scenario("{ phase: steady, rate: 100/s, arrivals: poisson, for: 300ms }").string();
    std::vector<std::vector<std::int64_t>> starts;
    for (const auto* workers : {"1", "3"}) {
        run({file, "--workers", workers});
        std::ifstream rows(out() / "requests.jsonl");
        std::vector<std::int64_t> offsets;
        for (std::string line; std::getline(rows, line);) {
            const auto row = boost::json::parse(line).as_object();
            if (row.contains("request_id"))
                offsets.push_back(row.at("start_unix_ns").to_number<std::int64_t>());
        }
        std::sort(offsets.begin(), offsets.end());
        ASSERT_FALSE(offsets.empty());
        const auto first = offsets.front();
        for (auto& offset : offsets)
            offset -= first;
        starts.push_back(offsets);
        std::filesystem::remove_all(out());
    }
    EXPECT_EQ(starts[0], starts[1]);
}

TEST_F(RunCommand, FolderWithARunInItIsRefused) {
    const auto file = scenario().string();
    ASSERT_EQ(run({file}), 0) << test.err.str();
    TestConsole second;
    EXPECT_EQ(second.run({"run", file, "--out", out().string()}), 2);
    EXPECT_THAT(second.err.str(), HasSubstr(out().string()));
}

TEST_F(RunCommand, FolderFromTheEnvironmentGivesWayToTheFlag) {
    const auto file = scenario().string();
    test.variables["STREAMGAUGE_OUT"] = (folder.path() / "elsewhere").string();
    EXPECT_EQ(run({file}), 0) << test.err.str();
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "elsewhere"));
    test.run({"run", file});
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "elsewhere" / "summary.json"));
}

TEST_F(RunCommand, ComparesWithABaseline) {
    const auto file = scenario().string();
    ASSERT_EQ(run({file}), 0) << test.err.str();
    const auto before = folder.path() / "before";
    std::filesystem::rename(out(), before);
    test.out.str("");
    EXPECT_EQ(run({file, "--baseline", before.string()}), 0) << test.out.str() << test.err.str();
    EXPECT_THAT(test.out.str(), AllOf(HasSubstr("Against the baseline " + before.string()),
                                      HasSubstr("the phase is too short")));
}

TEST_F(RunCommand, BaselineThatCannotBeUsedIsSaidBeforeTheRun) {
    EXPECT_EQ(test.run({"run", scenario().string(), "--out", out().string(), "--baseline", "/nowhere/run"}),
              2);
    EXPECT_THAT(test.err.str(), HasSubstr("there is no baseline /nowhere/run"));
    EXPECT_EQ(test.run({"run", scenario().string(), "--out", out().string(), "--baseline", ""}), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("--baseline is empty"));
    const auto file = scenario("{ phase: steady, users: 1, for: 1s }", "baseline: before\n");
    EXPECT_EQ(test.run({"run", file.string(), "--out", out().string()}), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("scenario.yaml:6:1: there is no baseline before"));
    EXPECT_FALSE(std::filesystem::exists(out()));
}

}  // namespace
}  // namespace streamgauge::cli
