#include "tests/bench/cli/test_console.h"
#include "tests/report/export/written_run.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class CompareCommand : public ::testing::Test {
  protected:
    /// A run folder with requests of about `ttft`.
    std::string made(const std::string& name, std::chrono::nanoseconds ttft, std::uint64_t seed) {
        report::testing::write_run(folder / name, report::testing::scenario_of({"gateway"}),
                                   report::testing::varied_requests(ttft, seed));
        return (folder / name).string();
    }
    int compare(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "compare");
        return test.run(arguments);
    }

    report::testing::TemporaryFolder folder;
    TestConsole test;
};

TEST_F(CompareCommand, ExitsWithOneOnARegression) {
    const auto base = made("base", 200ms, 1), slower = made("slower", 230ms, 2);
    EXPECT_EQ(compare({base, slower}), 1) << test.err.str();
    EXPECT_THAT(test.out.str(), AllOf(StartsWith("Worse: ttft.p95"), HasSubstr(slower)));
}

TEST_F(CompareCommand, ExitsWithZeroOnEqualRunsAndOnBetterOnes) {
    const auto base = made("base", 200ms, 1);
    EXPECT_EQ(compare({base, made("same", 200ms, 2), "--strict"}), 0) << test.out.str();
    EXPECT_EQ(compare({base, made("quicker", 150ms, 3)}), 0);
}

TEST_F(CompareCommand, StrictMakesUndecidedAnExitStatus) {
    const auto base = made("base", 200ms, 1), other = made("other", 209ms, 2);
    report::testing::write_run(folder / "brief", report::testing::scenario_of({"gateway"}), {});
    const auto brief = (folder / "brief").string();
    EXPECT_EQ(compare({base, brief}), 0);
    EXPECT_EQ(compare({base, brief, "--strict"}), 3);
}

TEST_F(CompareCommand, TakesAGateAndMoreBaselines) {
    const auto base = made("base", 190ms, 1), slower = made("slower", 215ms, 4);
    EXPECT_EQ(compare({base, slower, "--gate", "errors,tpot.p95"}), 0);
    const auto second = made("second", 200ms, 2), third = made("third", 210ms, 3);
    EXPECT_EQ(compare({base, slower, "--baseline", second, "--baseline", third}), 0)
        << "runs differ by as much among themselves";
    EXPECT_EQ(compare({base, slower}), 1);
}

TEST_F(CompareCommand, PrintsJson) {
    const auto base = made("base", 200ms, 1), slower = made("slower", 230ms, 2);
    EXPECT_EQ(compare({base, slower, "--json"}), 1);
    EXPECT_TRUE(boost::json::parse(test.out.str()).at("regressed").as_bool());
}

TEST_F(CompareCommand, BadInputIsOneSentence) {
    const auto base = made("base", 200ms, 1);
    EXPECT_EQ(compare({base, (folder / "nowhere").string()}), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("nowhere"));
    EXPECT_EQ(compare({base, base, "--gate", "speed.p95"}), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("`speed.p95` is no figure to compare"));
    EXPECT_EQ(compare({base}), 2);
}

TEST_F(CompareCommand, WritesAPage) {
    const auto base = made("base", 200ms, 1), slower = made("slower<b>", 230ms, 2);
    const auto page = folder / "page.html";
    EXPECT_EQ(compare({base, slower, "--html", page.string()}), 1) << test.err.str();
    const auto text = report::testing::read_text(page);
    EXPECT_THAT(text, AllOf(StartsWith("<!doctype html>"), HasSubstr("Content-Security-Policy"),
                            HasSubstr("slower\\u003cb\\u003e"), HasSubstr("\"regressed\":true")));
    EXPECT_EQ(compare({base, slower, "--html", "/nowhere/page.html"}), 2);
    EXPECT_THAT(test.err.str(), HasSubstr("cannot write /nowhere/page.html"));
}

TEST_F(CompareCommand, ShowsBareFiguresOfShortRuns) {
    auto requests = report::testing::varied_requests(200ms, 1);
    requests.resize(80);
    report::testing::write_run(folder / "brief", report::testing::scenario_of({"gateway"}), requests);
    const auto brief = (folder / "brief").string();
    EXPECT_EQ(compare({brief, brief}), 0) << test.err.str();
    EXPECT_THAT(test.out.str(),
                AllOf(StartsWith("Undecided"), HasSubstr("+0.0 %"), HasSubstr("the phase is too short: ")));
}

}  // namespace
}  // namespace streamgauge::cli
