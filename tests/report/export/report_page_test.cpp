#include "report/export/report_page.h"

#include "tests/report/export/recording_fixture.h"
#include "tests/report/export/temporary_folder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(ReportPageTest, IsMadeFromTheFolderOfARun) {
    const TemporaryFolder temporary;
    const auto scenario = recorded_scenario();
    const auto folder = RunFolder::create(temporary / "run");
    RunRecorder recorder(scenario, folder, describe_run(scenario, 1, 0), 1, TimelineBuilder::run_start, 0);
    for (std::uint64_t number = 200; number < 230; ++number)
        recorder.sink(0).on_timeline(recorded_timeline(number));
    const auto summary = recorder.finish(recorded_health(), 12s, 0);

    write_report_page(folder, summary);
    const auto page = read_text(folder.report());
    EXPECT_THAT(page, StartsWith("<!doctype html>"));
    EXPECT_THAT(page, HasSubstr(recorded_timeline(207).request_id));
    EXPECT_THAT(page, Not(HasSubstr(recorded_secret)));

    write_report_page(folder, summary, temporary / "other.html");
    EXPECT_EQ(read_text(temporary / "other.html"), page);
    EXPECT_THROW(write_report_page(folder, summary, temporary / "no/other.html"), RunFolderError);
}

}  // namespace
}  // namespace streamgauge::report
