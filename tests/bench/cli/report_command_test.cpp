#include "tests/bench/cli/simulated_run.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

using ::testing::HasSubstr;

class ReportCommand : public ::testing::Test, protected SimulatedRun {
  protected:
    void SetUp() override { ASSERT_EQ(run({scenario().string(), "--json"}), 0) << test.err.str(); }

    int report(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"report", out().string()});
        return again.run(arguments);
    }

    TestConsole again;
};

TEST_F(ReportCommand, RebuildsEveryFileFromTheFolder) {
    std::filesystem::remove(out() / "report.html");
    EXPECT_EQ(report({"--json"}), 0) << again.err.str();
    const auto before = boost::json::parse(test.out.str()).as_object();
    const auto after = boost::json::parse(again.out.str()).as_object();
    EXPECT_EQ(after.at("groups"), before.at("groups"));
    EXPECT_EQ(after.at("verdict"), before.at("verdict"));
    EXPECT_TRUE(std::filesystem::exists(out() / "report.html"));
}

TEST_F(ReportCommand, WorksWithoutASummaryAndSaysThatTheRunWasPartial) {
    std::filesystem::remove(out() / "summary.json");
    EXPECT_EQ(report({"--json"}), 0) << again.err.str();
    const auto after = boost::json::parse(again.out.str()).as_object();
    EXPECT_TRUE(after.at("run").at("partial").as_bool());
    EXPECT_EQ(after.at("groups").at(0).at("due").to_number<int>(), 20);
    EXPECT_THAT(again.err.str(), HasSubstr("killed before its end"));
}

TEST_F(ReportCommand, WritesThePageWhereItIsTold) {
    std::filesystem::remove(out() / "report.html");
    EXPECT_EQ(report({"--html", (folder.path() / "page.html").string()}), 0) << again.err.str();
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "page.html"));
    EXPECT_FALSE(std::filesystem::exists(out() / "report.html"));
}

TEST_F(ReportCommand, PageThatCannotBeWrittenIsOneSentence) {
    EXPECT_EQ(report({"--html", "/nowhere/page.html"}), 2);
    EXPECT_THAT(again.err.str(), HasSubstr("/nowhere/page.html"));
}

TEST_F(ReportCommand, FolderThatIsNoRunIsOneSentence) {
    EXPECT_EQ(again.run({"report", folder.path().string()}), 2);
    EXPECT_THAT(again.err.str(), HasSubstr(folder.path().string()));
}

}  // namespace
}  // namespace streamgauge::cli
