#include "report/export/baseline.h"

#include "tests/report/export/written_run.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class BaselineTest : public ::testing::Test {
  protected:
    BaselineTest() { scenario_.baseline.emplace(); }

    std::filesystem::path made(const std::string& name, nanoseconds ttft, std::uint64_t seed,
                               const std::string& target = "gateway") {
        write_run(temporary_ / name, scenario_of({target}), varied_requests(ttft, seed));
        return temporary_ / name;
    }
    void compare_with(const std::string& name) {
        scenario_.baseline->runs.push_back({"runs/" + name, temporary_ / name});
    }
    std::string complaint() const {
        return message_of<RunFolderError>([this] { read_baseline(scenario_); });
    }

    TemporaryFolder temporary_;
    scenarios::Scenario scenario_ = scenario_of({"gateway"});
};

TEST_F(BaselineTest, WithoutRunsThereIsNone) {
    EXPECT_FALSE(read_baseline(scenario_));
    scenario_.baseline.reset();
    EXPECT_FALSE(read_baseline(scenario_));
}

TEST_F(BaselineTest, OptionsAreThoseOfTheScenario) {
    const auto usual = comparison_options({});
    EXPECT_EQ(usual.gate, ComparisonOptions{}.gate);
    EXPECT_EQ(usual.floor.relative, ChangeFloor{}.relative) << "two headers tell one default";
    EXPECT_EQ(usual.floor.nanoseconds, ChangeFloor{}.nanoseconds);
    EXPECT_EQ(usual.floor.share, ChangeFloor{}.share);
    scenarios::Baseline other;
    other.gate = {"e2e.p50"};
    other.floor = {0.2, 7ms, 0.03};
    const auto options = comparison_options(other);
    EXPECT_THAT(options.gate, ElementsAre("e2e.p50"));
    EXPECT_EQ(options.floor.relative, 0.2);
    EXPECT_EQ(options.floor.nanoseconds, 7e6);
    EXPECT_EQ(options.floor.share, 0.03);
}

TEST_F(BaselineTest, ComparesARunWithAllItsBaselines) {
    made("a", 200ms, 1);
    made("b", 200ms, 2);
    compare_with("a");
    compare_with("b");
    scenario_.baseline->where = {"chat.yaml", 9, 1};
    const auto run = made("new", 260ms, 3);
    const auto comparison =
        compare_with_baseline(read_baseline(scenario_).value(), scenario_, RunFolder::open(run));
    EXPECT_TRUE(comparison.regressed());
    EXPECT_THAT(comparison.baselines, ElementsAre("runs/a", "runs/b"));
    EXPECT_THAT(comparison.candidates, ElementsAre(run.string()));
    EXPECT_EQ(comparison.where.line, 9);
    EXPECT_THAT(comparison.notes, IsEmpty());
}

TEST_F(BaselineTest, AWiderFloorLetsMorePass) {
    made("a", 200ms, 1);
    compare_with("a");
    scenario_.baseline->floor.relative = 0.5;
    const auto run = RunFolder::open(made("new", 230ms, 2));
    EXPECT_FALSE(compare_with_baseline(read_baseline(scenario_).value(), scenario_, run).regressed());
}

TEST_F(BaselineTest, MissingAndDamagedFoldersAreOneSentence) {
    compare_with("nowhere");
    EXPECT_THAT(complaint(), AllOf(HasSubstr("there is no baseline runs/nowhere ("),
                                   HasSubstr("without `baseline` to make the first")));
    scenario_.baseline->runs.clear();
    made("damaged", 200ms, 1);
    write_text(temporary_ / "damaged" / "requests.jsonl", "half a li");
    compare_with("damaged");
    EXPECT_THAT(complaint(), AllOf(HasSubstr("cannot compare with the baseline runs/damaged:"),
                                   HasSubstr("lost its first line")));
}

TEST_F(BaselineTest, ABaselineOfOtherTargetsIsRefusedAsItWouldGateNothing) {
    made("other", 200ms, 1, "direct");
    compare_with("other");
    EXPECT_THAT(complaint(), AllOf(HasSubstr("it measured direct in steady"),
                                   HasSubstr("the scenario will gateway in steady")));
    scenario_.baseline->runs.clear();
    write_run(temporary_ / "empty", scenario_, {});
    compare_with("empty");
    EXPECT_THAT(complaint(), HasSubstr("has no request in a measured phase"));
}

TEST_F(BaselineTest, ARunWithoutRowsIsNotComparedAndSaysWhy) {
    made("a", 200ms, 1);
    compare_with("a");
    const auto run = RunFolder::open(made("new", 200ms, 2));
    write_text(run.requests(), "");
    const auto comparison = compare_with_baseline(read_baseline(scenario_).value(), scenario_, run);
    EXPECT_THAT(comparison.rows, IsEmpty());
    EXPECT_THAT(comparison.notes, ElementsAre(HasSubstr("could not be compared")));
    EXPECT_TRUE(comparison.undecided());
}

}  // namespace
}  // namespace streamgauge::report
