#include "report/export/run_writer.h"

#include "report/export/gap_row.h"
#include "report/export/json_reader.h"
#include "report/export/run_header.h"
#include "report/export/timeline_row.h"
#include "tests/report/export/file_size_limit.h"
#include "tests/report/export/recording_fixture.h"
#include "tests/report/export/temporary_folder.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;

class RunWriterTest : public ::testing::Test {
  protected:
    RunWriter writer() {
        return RunWriter({scenario_, folder_, describe_run(scenario_, 2, recorded_start_unix_ns),
                          TimelineBuilder::run_start},
                         {&first_, &second_});
    }
    void add(WorkerLog& log, std::uint64_t number, bool first_of_outcome = false) const {
        const auto timeline = recorded_timeline(number);
        log.add(timeline,
                measure_request(timeline, scenario_, TimelineBuilder::run_start, recorded_start_unix_ns),
                first_of_outcome);
    }
    std::vector<std::string> rows() const { return lines_of(read_text(folder_.requests())); }
    std::vector<std::string> gaps() const { return lines_of(read_text(folder_.gaps())); }
    std::vector<std::string> timelines() const { return lines_of(read_text(folder_.timelines())); }

    /// A line that is being written does not count.
    static std::ptrdiff_t whole_lines(const std::filesystem::path& file) {
        return std::ranges::count(read_text(file), '\n');
    }

    /// Waits until `holds`, for as long as a busy machine may take.
    static bool comes(auto&& holds) {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (!holds()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::yield();
        }
        return true;
    }

    TemporaryFolder temporary_;
    RunFolder folder_ = RunFolder::create(temporary_ / "run");
    scenarios::Scenario scenario_ = recorded_scenario();
    WorkerLog first_{scenario_.seed, 1'000}, second_{scenario_.seed, 1'000};
};

TEST_F(RunWriterTest, BeginsEachFileAtOnce) {
    auto writer = this->writer();
    EXPECT_EQ(read_text(folder_.scenario()), "name: recorded\n# ***\n");
    ASSERT_EQ(rows().size(), 1U);
    EXPECT_EQ(parse_requests_header(rows().front(), folder_.requests()).run.workers, 2U);
    EXPECT_EQ(read_text(folder_.gaps()), rows_header(row_schema::gaps));
    EXPECT_EQ(read_text(folder_.timelines()), rows_header(row_schema::timelines));
}

TEST_F(RunWriterTest, WritesRowsWhileTheRunGoesOn) {
    auto writer = this->writer();
    add(first_, 0);
    add(second_, 1);
    EXPECT_TRUE(
        comes([&] { return whole_lines(folder_.requests()) == 3 && whole_lines(folder_.gaps()) == 3; }));
    add(first_, 2);
    writer.hurry();
    EXPECT_TRUE(comes([&] { return whole_lines(folder_.requests()) == 4; }));
}

TEST_F(RunWriterTest, WritesTheFirstTimelinesOfAnOutcomeAtOnce) {
    auto writer = this->writer();
    add(first_, 3, true);
    EXPECT_TRUE(comes([&] { return timelines().size() == 2; }));
}

TEST_F(RunWriterTest, WritesWhatIsLeftWhenItEnds) {
    auto writer = this->writer();
    for (std::uint64_t number = 0; number < 100; ++number)
        add(number % 2 == 0 ? first_ : second_, number);
    writer.finish();
    writer.finish();
    EXPECT_EQ(rows().size(), 101U);
    EXPECT_EQ(timelines().size(), 101U);
    EXPECT_EQ(writer.rows_lost(), 0U);
    EXPECT_FALSE(writer.trouble());
}

TEST_F(RunWriterTest, KnowsTheGapsThatItsFileHolds) {
    auto writer = this->writer();
    for (std::uint64_t number = 200; number < 300; ++number)
        add(first_, number);
    writer.finish();
    RunAggregate read(scenario_);
    const auto names = RunNames::of(scenario_);
    const auto lines = gaps();
    JsonLineReader reader;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        ASSERT_TRUE(reader.parse(lines[i]));
        const auto row = parse_gap_row(reader, names);
        ASSERT_TRUE(row);
        read.add_gaps(row->key.target, row->key.phase, row->counts.start, row->counts.gaps);
    }
    Summary from_file, from_writer;
    read.summarize(from_file, 1);
    writer.gaps().summarize(from_writer, 1);
    const auto& expected = from_file.groups.front().metrics.at("itl");
    const auto& itl = from_writer.groups.front().metrics.at("itl");
    EXPECT_GT(itl.count, 100U);
    EXPECT_EQ(itl.count, expected.count);
    EXPECT_EQ(itl.mean_ns, expected.mean_ns);
    EXPECT_EQ(itl.curve, expected.curve);
}

TEST_F(RunWriterTest, CountsRowsThatAFullQueueDropped) {
    WorkerLog small(scenario_.seed, 2);
    // Nobody takes from the log yet, so it is full after two.
    for (std::uint64_t number = 0; number < 5; ++number)
        add(small, number);
    RunWriter writer({scenario_, folder_, describe_run(scenario_, 1, 0), TimelineBuilder::run_start},
                     {&small});
    EXPECT_EQ(writer.rows_lost(), 3U);
    writer.finish();
    EXPECT_EQ(writer.rows_lost(), 3U);
    EXPECT_EQ(rows().size(), 3U);
}

TEST_F(RunWriterTest, CountsRowsThatTheDiskDidNotTake) {
    auto writer = this->writer();
    constexpr std::uint64_t most = 900;
    {
        const FileSizeLimit limit(rows().front().size() + 5'000);
        for (std::uint64_t number = 0; number < most; ++number)
            add(first_, number);
        writer.finish();
    }
    const auto whole_rows = rows().size() - 1;
    EXPECT_LT(whole_rows, most);
    EXPECT_THAT(read_text(folder_.requests()), EndsWith("}\n"));
    EXPECT_THAT(read_text(folder_.gaps()), EndsWith("}\n"));
    EXPECT_GE(writer.rows_lost(), most - whole_rows);
    EXPECT_THAT(writer.trouble().value_or(""), HasSubstr("requests.jsonl: File too large"));
}

TEST_F(RunWriterTest, GoesOnWhenTheDiskHasRoomAgain) {
    auto writer = this->writer();
    const auto head = rows().front().size();
    {
        const FileSizeLimit limit(head + 10);
        add(first_, 3);  // without tokens, so without gaps
        EXPECT_TRUE(comes([&] { return writer.rows_lost() == 1; }));
        const auto trouble = writer.trouble();
        add(first_, 14);
        EXPECT_TRUE(comes([&] { return writer.rows_lost() == 2; }));
        EXPECT_EQ(writer.trouble(), trouble);
    }
    add(first_, 25);
    writer.finish();
    EXPECT_EQ(writer.rows_lost(), 2U);
    ASSERT_EQ(rows().size(), 2U);
    EXPECT_THAT(rows().back(), HasSubstr("\"sequence\":25,"));
}

TEST_F(RunWriterTest, NotesTimelinesThatTheDiskDidNotTake) {
    auto writer = this->writer();
    std::filesystem::create_symlink("/dev/full", folder_.path() / "timelines.jsonl.new");
    add(first_, 0, true);
    EXPECT_TRUE(comes([&] { return writer.trouble().has_value(); }));
    EXPECT_THAT(*writer.trouble(), HasSubstr("timelines.jsonl: No space left on device"));
    EXPECT_EQ(writer.rows_lost(), 0U);
    writer.finish();
    EXPECT_EQ(timelines().size(), 2U);
}

TEST_F(RunWriterTest, RefusesADiskThatIsFullFromTheStart) {
    for (const std::string file : {"requests.jsonl", "itl.jsonl"}) {
        std::filesystem::remove(folder_.path() / file);
        std::filesystem::create_symlink("/dev/full", folder_.path() / file);
        EXPECT_THAT(message_of<RunFolderError>([&] { this->writer(); }),
                    HasSubstr(file + ": No space left on device"));
        std::filesystem::remove(folder_.path() / file);
    }
}

}  // namespace
}  // namespace streamgauge::report
