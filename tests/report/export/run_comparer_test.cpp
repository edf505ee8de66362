#include "report/export/run_comparer.h"

#include "report/export/run_folder.h"
#include "tests/report/export/written_run.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RunComparerTest : public ::testing::Test {
  protected:
    std::filesystem::path made(const std::string& name, nanoseconds ttft, std::uint64_t seed) {
        write_run(temporary_ / name, scenario_, varied_requests(ttft, seed));
        return temporary_ / name;
    }

    TemporaryFolder temporary_;
    scenarios::Scenario scenario_ = scenario_of({"gateway"});
};

/// Nothing is lost by keeping figures instead of observations.
TEST_F(RunComparerTest, SaysWhatObservationsSay) {
    RunComparer comparer({});
    comparer.add_baseline(made("a", 200ms, 1), "a");
    comparer.add_candidate(made("b", 230ms, 2), "b");
    const auto read = comparer.compare();
    const auto direct = compare_runs({observed_run("a", 200ms, 1)}, {observed_run("b", 230ms, 2)},
                                     usual_compared_metrics(), {});
    EXPECT_TRUE(read.regressed());
    ASSERT_EQ(read.rows.size(), direct.rows.size());
    for (std::size_t i = 0; i < read.rows.size(); ++i) {
        EXPECT_EQ(read.rows[i].figures.front().change->low, direct.rows[i].figures.front().change->low);
        EXPECT_EQ(read.rows[i].figures.front().p_value, direct.rows[i].figures.front().p_value);
    }
    EXPECT_THAT(read.baselines, ElementsAre("a"));
    EXPECT_THAT(read.candidates, ElementsAre("b"));
}

TEST_F(RunComparerTest, LooksAtWhatIsGatedBesideTheUsual) {
    ComparisonOptions options;
    options.gate = {"ttft.p90"};
    RunComparer comparer(options);
    comparer.add_baseline(made("a", 200ms, 1), "a");
    const auto& figures = comparer.baselines().front();
    EXPECT_TRUE(comparer.has_gated(figures, {"gateway", "steady"}));
    EXPECT_FALSE(comparer.has_gated(figures, {"direct", "steady"}));
    comparer.add_candidate(made("b", 200ms, 2), "b");
    const auto comparison = comparer.compare();
    EXPECT_EQ(comparison.gated(), 1u);
    EXPECT_EQ(comparison.rows.back().metric, "ttft.p90");
}

TEST_F(RunComparerTest, NotesWhatElseDiffers) {
    RunComparer comparer({});
    comparer.add_baseline(made("a", 200ms, 1), "a");
    scenario_.load.front().duration = 5s;
    const auto other = made("b", 200ms, 2);
    write_text(other / "requests.jsonl", read_text(other / "requests.jsonl") + "{\n");
    comparer.add_candidate(other, "b");
    EXPECT_THAT(comparer.compare().notes,
                ElementsAre(HasSubstr("b was run with another load"), HasSubstr("1 damaged row")));
    EXPECT_THROW(comparer.add_candidate(temporary_ / "nowhere", "nowhere"), RunFolderError);
}

/// Three times the same run would show no difference from run to run at all.
TEST_F(RunComparerTest, TakesEachRunOfTheBaselineOnce) {
    RunComparer comparer({});
    const auto first = made("a", 200ms, 1);
    comparer.add_baseline(first, "a");
    std::filesystem::create_directory_symlink(first, temporary_ / "last");
    for (const auto& again : {first, temporary_ / "." / "a" / "", temporary_ / "last"}) {
        EXPECT_THAT(message_of<RunFolderError>([&] { comparer.add_baseline(again, "again"); }),
                    HasSubstr("again is the same run as a; name each run of the baseline once"));
    }
    EXPECT_EQ(comparer.baselines().size(), 1u);
    comparer.add_baseline(made("b", 200ms, 2), "b");
    comparer.add_candidate(first, "a");
    EXPECT_THAT(comparer.compare().notes, ElementsAre("a is compared with itself."));
}

}  // namespace
}  // namespace streamgauge::report
