#include "report/export/run_reader.h"

#include "report/export/run_folder.h"
#include "report/export/summary_json.h"
#include "tests/report/export/recording_fixture.h"
#include "tests/report/export/temporary_folder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace streamgauge::report {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::uint64_t requests = 60;

class RunReaderTest : public ::testing::Test {
  protected:
    RunReaderTest() {
        RunRecorder recorder(scenario_, RunFolder::create(path_),
                             describe_run(scenario_, 1, recorded_start_unix_ns), 1,
                             TimelineBuilder::run_start, recorded_start_unix_ns);
        for (std::uint64_t number = 0; number < requests; ++number)
            recorder.sink(0).on_timeline(recorded_timeline(number));
        recorded_ = recorder.finish(recorded_health(), 3s, 0);
    }

    void remove(std::string_view file) { std::filesystem::remove(path_ / file); }
    void replace(std::string_view file, const std::string& from, const std::string& to) {
        auto text = read_text(path_ / file);
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos);
        write_text(path_ / file, text.replace(at, from.size(), to));
    }
    std::string refusal() const {
        return message_of<RunFolderError>([this] { read_run(path_); });
    }
    static std::uint64_t due(const Summary& summary) {
        std::uint64_t due = 0;
        for (const auto& group : summary.groups)
            due += group.phase.empty() ? 0 : group.due;
        return due;
    }

    TemporaryFolder temporary_;
    std::filesystem::path path_ = temporary_ / "run";
    scenarios::Scenario scenario_ = recorded_scenario();
    Summary recorded_;
};

TEST_F(RunReaderTest, RebuildsAWholeRun) {
    const auto run = read_run(path_);
    EXPECT_EQ(summary_text(run.summary), summary_text(recorded_));
    EXPECT_FALSE(run.summary.run.partial);
    EXPECT_EQ(run.damaged_lines, 0U);
    EXPECT_THAT(run.notes, IsEmpty());
    EXPECT_EQ(run.scenario.targets.at(1).name, "gateway");
    EXPECT_EQ(run.scenario.expect.size(), 2U);
}

TEST_F(RunReaderTest, RebuildsAKilledRunFromItsWholeRows) {
    remove("summary.json");
    auto rows = lines_of(read_text(path_ / "requests.jsonl"));
    ASSERT_EQ(rows.size(), requests + 1);
    rows.back().resize(rows.back().size() / 2);
    write_text(path_ / "requests.jsonl", joined(rows));
    auto gaps = lines_of(read_text(path_ / "itl.jsonl"));
    ASSERT_GT(gaps.size(), 2U);
    gaps.back().pop_back();
    write_text(path_ / "itl.jsonl", joined(gaps));

    const auto run = read_run(path_);
    EXPECT_TRUE(run.summary.run.partial);
    EXPECT_EQ(due(run.summary), requests - 1);
    EXPECT_EQ(run.damaged_lines, 0U);
    EXPECT_THAT(run.notes, ElementsAre(HasSubstr("killed before its end")));
    // The last whole row is request 58, which was due at 2.9 s.
    EXPECT_GT(run.summary.run.duration, 2900ms);
    EXPECT_LT(run.summary.run.duration, 6s);
    EXPECT_EQ(run.summary.run.scenario_name, "recorded");
    EXPECT_EQ(run.summary.run.start_unix_ns, recorded_start_unix_ns);
}

TEST_F(RunReaderTest, RebuildsAKilledRunThatHadNoRowYet) {
    remove("summary.json");
    write_text(path_ / "requests.jsonl", lines_of(read_text(path_ / "requests.jsonl")).front());
    write_text(path_ / "itl.jsonl", lines_of(read_text(path_ / "itl.jsonl")).front());
    const auto run = read_run(path_);
    EXPECT_TRUE(run.summary.run.partial);
    EXPECT_EQ(due(run.summary), 0U);
}

TEST_F(RunReaderTest, SkipsAndCountsDamagedLines) {
    auto rows = lines_of(read_text(path_ / "requests.jsonl"));
    rows.at(5) = "{\"request_id\": \n";
    rows.at(9) = std::string("\0\xff\n", 3);
    rows.at(12) = "{}\n";
    write_text(path_ / "requests.jsonl", joined(rows));
    auto gaps = lines_of(read_text(path_ / "itl.jsonl"));
    gaps.at(1) = "[]\n";
    write_text(path_ / "itl.jsonl", joined(gaps));

    const auto run = read_run(path_);
    EXPECT_EQ(due(run.summary), requests - 3);
    EXPECT_EQ(run.damaged_lines, 4U);
    EXPECT_THAT(run.notes, ElementsAre("3 damaged lines of requests.jsonl skipped",
                                       "1 damaged line of itl.jsonl skipped"));
}

TEST_F(RunReaderTest, CountsTheHalfRowOfARunThatCameToItsEnd) {
    auto rows = lines_of(read_text(path_ / "requests.jsonl"));
    rows.back().resize(rows.back().size() / 2);
    write_text(path_ / "requests.jsonl", joined(rows));
    const auto run = read_run(path_);
    EXPECT_EQ(due(run.summary), requests - 1);
    EXPECT_THAT(run.notes, ElementsAre("1 damaged line of requests.jsonl skipped"));
}

TEST_F(RunReaderTest, LostRowsMakeARunInvalidHoweverOftenItIsRead) {
    auto rows = lines_of(read_text(path_ / "requests.jsonl"));
    rows.at(5) = rows.at(7) = "nonsense\n";
    write_text(path_ / "requests.jsonl", joined(rows));
    for (int time = 0; time < 2; ++time) {
        const auto run = read_run(path_);
        EXPECT_FALSE(run.summary.validity.valid);
        const auto& checks = run.summary.validity.checks;
        const auto check = std::ranges::find(checks, "rows", &ValidityCheck::name);
        ASSERT_NE(check, checks.end());
        EXPECT_THAT(check->figure, HasSubstr("2 rows lost"));
        write_text(path_ / "summary.json", summary_text(run.summary));
    }
}

TEST_F(RunReaderTest, DoesWithoutTheFirstLineOfGapsAndTimelines) {
    for (const std::string file : {"itl.jsonl", "timelines.jsonl"}) {
        auto lines = lines_of(read_text(path_ / file));
        lines.erase(lines.begin());
        write_text(path_ / file, joined(lines));
    }
    const auto run = read_run(path_);
    EXPECT_EQ(due(run.summary), requests);
    EXPECT_THAT(run.notes, ElementsAre(HasSubstr("itl.jsonl has lost its first line")));
    EXPECT_THAT(load_timelines(path_), IsEmpty());
}

/// What a bad disk or an editor does: every file of the folder, changed at places that a seed chooses.
TEST_F(RunReaderTest, ReadsOrRefusesWhateverIsThere) {
    std::mt19937 random(20'261'121);
    const auto below = [&](std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
    };
    for (const std::string file : {"requests.jsonl", "itl.jsonl", "timelines.jsonl", "summary.json"}) {
        const auto whole = read_text(path_ / file);
        const auto first_line = whole.find('\n');
        for (int attempt = 0; attempt < 60; ++attempt) {
            auto text = whole;
            // Half of the changes fall into the first line or two, where the structure is.
            const auto at = below(attempt % 2 == 0 ? text.size() : std::min(2 * first_line + 2, text.size()));
            switch (attempt % 5) {
                case 0:
                    text[at] = static_cast<char>(below(256));
                    break;
                case 1:
                    text.erase(at, below(200));
                    break;
                case 2:
                    text.insert(at, std::string(below(50), static_cast<char>(below(256))));
                    break;
                case 3:
                    text.resize(at);
                    break;
                default:
                    text.insert(at, text.substr(below(text.size()), below(300)));
            }
            write_text(path_ / file, text);
            const auto sentence = message_of<RunFolderError>([&] {
                const auto run = read_run(path_);
                EXPECT_LE(due(run.summary), 2 * requests);
                load_timelines(path_);
            });
            EXPECT_EQ(sentence.find('\n'), std::string::npos) << sentence;
        }
        write_text(path_ / file, whole);
    }
}

TEST_F(RunReaderTest, DoesWithoutGaps) {
    remove("itl.jsonl");
    const auto run = read_run(path_);
    EXPECT_THAT(run.notes, ElementsAre(HasSubstr("inter-token latency is not measured")));
    EXPECT_FALSE(run.summary.groups.front().metrics.contains("itl"));
    EXPECT_EQ(due(run.summary), requests);
}

TEST_F(RunReaderTest, DoesWithoutADamagedSummary) {
    write_text(path_ / "summary.json", "{\"schema\": ");
    const auto run = read_run(path_);
    EXPECT_TRUE(run.summary.run.partial);
    EXPECT_EQ(due(run.summary), requests);
    EXPECT_THAT(run.notes.front(), HasSubstr("summary.json is damaged"));
}

TEST_F(RunReaderTest, NamesAFolderThatIsNotThere) {
    path_ = temporary_ / "nowhere";
    EXPECT_THAT(refusal(), AllOf(HasSubstr("nowhere is not a folder"), HasSubstr("streamgauge run")));
    EXPECT_THROW(load_timelines(path_), RunFolderError);
}

TEST_F(RunReaderTest, NamesAFolderWithoutRows) {
    remove("requests.jsonl");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("has no requests.jsonl"), HasSubstr("streamgauge run")));
}

TEST_F(RunReaderTest, RefusesRowsOfANewerProgram) {
    replace("requests.jsonl", "\"version\":1", "\"version\":2");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("requests.jsonl has version 2"), HasSubstr("reads version 1"),
                                 Not(HasSubstr("\n"))));
}

TEST_F(RunReaderTest, RefusesGapsOfANewerProgram) {
    replace("itl.jsonl", "\"version\":1", "\"version\":2");
    EXPECT_THAT(refusal(), HasSubstr("itl.jsonl has version 2"));
}

TEST_F(RunReaderTest, RefusesASummaryOfANewerProgram) {
    replace("summary.json", "\"version\": 1", "\"version\": 2");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("summary.json"), HasSubstr("version 2")));
}

TEST_F(RunReaderTest, RefusesRowsThatLostTheirHeader) {
    auto rows = lines_of(read_text(path_ / "requests.jsonl"));
    rows.erase(rows.begin());
    write_text(path_ / "requests.jsonl", joined(rows));
    EXPECT_THAT(refusal(), HasSubstr("has lost its first line"));
    write_text(path_ / "requests.jsonl", "");
    EXPECT_THAT(refusal(), HasSubstr("requests.jsonl"));
}

TEST_F(RunReaderTest, LoadsTimelinesButDamagedOnes) {
    EXPECT_EQ(load_timelines(path_).size(), requests);
    auto rows = lines_of(read_text(path_ / "timelines.jsonl"));
    rows.at(2) = "nonsense\n";
    rows.back().resize(40);
    write_text(path_ / "timelines.jsonl", joined(rows));

    const auto timelines = load_timelines(path_);
    ASSERT_EQ(timelines.size(), requests - 2);
    EXPECT_EQ(timelines[0].request_id, recorded_timeline(0).request_id);
    EXPECT_EQ(timelines[1].request_id, recorded_timeline(2).request_id);
    EXPECT_EQ(timelines[1].intended, Moment(100ms));
}

TEST_F(RunReaderTest, HasNoTimelinesWithoutTheirFile) {
    remove("timelines.jsonl");
    EXPECT_THAT(load_timelines(path_), IsEmpty());
}

}  // namespace
}  // namespace streamgauge::report
