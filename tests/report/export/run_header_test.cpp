#include "report/export/run_header.h"

#include "report/export/run_folder.h"
#include "tests/report/export/recording_fixture.h"
#include "tests/report/export/temporary_folder.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string refusal(std::string_view line) {
    return message_of<RunFolderError>([&] { parse_requests_header(line, "run/requests.jsonl"); });
}

TEST(RunHeaderTest, KeepsRunAndScenario) {
    const auto scenario = recorded_scenario();
    const auto line = requests_header(describe_run(scenario, 3, recorded_start_unix_ns), scenario);
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_THAT(line, Not(HasSubstr(recorded_secret)));
    const auto header = parse_requests_header(line, "requests.jsonl");
    EXPECT_EQ(header.run.workers, 3U);
    EXPECT_EQ(header.run.start_unix_ns, recorded_start_unix_ns);
    EXPECT_EQ(header.run.phases.size(), 2U);
    EXPECT_EQ(header.scenario.seed, 7U);
    EXPECT_EQ(header.scenario.targets.size(), 2U);
}

TEST(RunHeaderTest, RefusesOtherFilesInOneSentence) {
    for (const auto* line : {"", "{}", "nonsense", "[]", R"({"schema":"other","version":1})"}) {
        EXPECT_THAT(refusal(line), AllOf(HasSubstr("run/requests.jsonl"), HasSubstr("streamgauge.requests"),
                                         HasSubstr("lost its first line"), Not(HasSubstr("\n"))));
    }
    EXPECT_THAT(refusal(R"({"schema":"streamgauge.requests","version":2})"),
                AllOf(HasSubstr("version 2"), HasSubstr("reads version 1"), HasSubstr("use the release")));
    EXPECT_THAT(refusal(R"({"schema":"streamgauge.requests","version":1,"run":{}})"),
                HasSubstr("lacks the run or its scenario"));
}

TEST(RunHeaderTest, TellsFilesApart) {
    EXPECT_NO_THROW(check_rows_header(rows_header(row_schema::gaps), row_schema::gaps, "itl.jsonl"));
    EXPECT_THROW(check_rows_header(rows_header(row_schema::gaps), row_schema::timelines, "x"),
                 RunFolderError);
}

}  // namespace
}  // namespace streamgauge::report
