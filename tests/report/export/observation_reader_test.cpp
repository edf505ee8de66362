#include "report/export/observation_reader.h"

#include "report/export/run_folder.h"
#include "tests/report/export/written_run.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ObservationReaderTest : public ::testing::Test {
  protected:
    ReadRun read(const std::string& name) const {
        return read_observations(temporary_ / name, usual_compared_metrics(), name);
    }

    TemporaryFolder temporary_;
    scenarios::Scenario scenario_ = scenario_of({"gateway"});
};

TEST_F(ObservationReaderTest, ReadsTheRowsAlone) {
    write_run(temporary_ / "run", scenario_, varied_requests(200ms, 1));
    const auto run = read("run");
    const auto figure =
        run.observations.find({"gateway", "steady"})->figure(usual_compared_metrics(), 0, 1).figure;
    ASSERT_TRUE(figure);
    EXPECT_NEAR(figure->value, 200e6, 4e6);
    EXPECT_EQ(run.observations.label(), "run");
    EXPECT_EQ(run.shape.label, "run");
    EXPECT_THAT(run.notes, IsEmpty());
}

TEST_F(ObservationReaderTest, LeavesDamagedRowsOutAndSaysSo) {
    write_run(temporary_ / "run", scenario_, varied_requests(200ms, 1));
    const auto file = temporary_ / "run" / "requests.jsonl";
    write_text(file, read_text(file) + "{\"target\n");
    EXPECT_THAT(read("run").notes, ElementsAre(HasSubstr("1 damaged row")));
}

/// An invalid baseline hides a slower service as well as it accuses a quick one.
TEST_F(ObservationReaderTest, SaysWhatWeakensTheRun) {
    write_run(temporary_ / "run", scenario_, varied_requests(200ms, 1));
    const auto notes = [this](const std::string& run, bool valid) {
        write_text(
            temporary_ / "run" / "summary.json",
            fmt::format(R"({{"run":{{{}}},"validity":{{"valid":{}}},"verdict":{{"sentence":"Lag!"}}}})", run,
                        valid));
        return read("run").notes;
    };
    const auto said = ElementsAre("run ended so: Lag!");
    EXPECT_THAT(notes("", false), said);
    EXPECT_THAT(notes(R"("partial":true)", true), said);
    EXPECT_THAT(notes(R"("interrupted":true)", true), said);
    EXPECT_THAT(notes(R"("aborted":{})", true), said);
    EXPECT_THAT(notes(R"("partial":false,"interrupted":false)", true), IsEmpty());
    for (const std::string damaged : {"", "[1]", "{\"run\":7", R"({"run":[],"validity":{"valid":false}})"}) {
        write_text(temporary_ / "run" / "summary.json", damaged);
        EXPECT_THAT(read("run").notes, IsEmpty()) << damaged;
    }
}

TEST_F(ObservationReaderTest, RefusesAnotherVersionInASentence) {
    write_run(temporary_ / "run", scenario_, {});
    const auto file = temporary_ / "run" / "requests.jsonl";
    auto text = read_text(file);
    const std::string version = "\"version\":1";
    ASSERT_NE(text.find(version), std::string::npos);
    write_text(file, text.replace(text.find(version), version.size(), "\"version\":9"));
    EXPECT_THAT(message_of<RunFolderError>([this] { read("run"); }), HasSubstr("requests.jsonl"));
    EXPECT_THAT(message_of<RunFolderError>([this] { read("nowhere"); }), HasSubstr("nowhere"));
}

TEST_F(ObservationReaderTest, SaysHowScenariosDiffer) {
    write_run(temporary_ / "a", scenario_, {});
    scenario_.seed = 99;
    write_run(temporary_ / "b", scenario_, {});
    EXPECT_EQ(scenario_difference(read("a").shape, read("b").shape), "");
    scenario_.name = "other";
    write_run(temporary_ / "c", scenario_, {});
    EXPECT_THAT(scenario_difference(read("a").shape, read("c").shape), HasSubstr("`other`"));
    scenario_.load.front().duration = 5s;
    write_run(temporary_ / "d", scenario_, {});
    EXPECT_THAT(scenario_difference(read("a").shape, read("d").shape), HasSubstr("another load"));
}

}  // namespace
}  // namespace streamgauge::report
