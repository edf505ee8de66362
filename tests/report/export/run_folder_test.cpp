#include "report/export/run_folder.h"

#include "tests/report/export/temporary_folder.h"

#include <gmock/gmock.h>

#include <future>
#include <set>
#include <vector>

namespace streamgauge::report {
namespace {

namespace fs = std::filesystem;
using namespace testing;
using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(RunFolderTest, IsMadeWithItsParents) {
    const TemporaryFolder temporary;
    const auto folder = RunFolder::create(temporary / "a/b/run");
    EXPECT_TRUE(fs::is_directory(temporary / "a/b/run"));
    EXPECT_EQ(folder.requests(), temporary / "a/b/run/requests.jsonl");
    EXPECT_EQ(folder.report(), temporary / "a/b/run/report.html");
}

TEST(RunFolderTest, MayBeThereWhenEmpty) {
    const TemporaryFolder temporary;
    EXPECT_EQ(RunFolder::create(temporary.path()).path(), temporary.path());
}

TEST(RunFolderTest, IsNeverOverwritten) {
    const TemporaryFolder temporary;
    write_text(temporary / "notes", "mine");
    const auto message = message_of<RunFolderError>([&] { RunFolder::create(temporary.path()); });
    EXPECT_THAT(message,
                AllOf(HasSubstr(temporary.path().string()), HasSubstr("not empty"), HasSubstr("--out")));
    EXPECT_EQ(read_text(temporary / "notes"), "mine");
}

TEST(RunFolderTest, GetsANameOfItsOwn) {
    const TemporaryFolder temporary;
    const auto wanted = temporary / "runs/chat";
    EXPECT_EQ(RunFolder::create_own(wanted).path(), wanted);
    EXPECT_EQ(RunFolder::create_own(wanted).path(), temporary / "runs/chat-2") << "though the first is empty";
    write_text(temporary / "runs/chat-3", "a file");
    EXPECT_EQ(RunFolder::create_own(wanted).path(), temporary / "runs/chat-4");
    EXPECT_EQ(read_text(temporary / "runs/chat-3"), "a file");
}

TEST(RunFolderTest, IsOneForEachOfManyThatBeginAtOnce) {
    const TemporaryFolder temporary;
    std::vector<std::future<fs::path>> runs;
    runs.reserve(16);
    for (int run = 0; run < 16; ++run) {
        runs.push_back(std::async(std::launch::async,
                                  [&] { return RunFolder::create_own(temporary / "runs/chat").path(); }));
    }
    std::set<fs::path> paths;
    for (auto& run : runs)
        paths.insert(run.get());
    EXPECT_EQ(paths.size(), 16u);
    EXPECT_TRUE(paths.contains(temporary / "runs/chat-16")) << "no number is left out";
}

TEST(RunFolderTest, OfItsOwnNeedsAPlace) {
    const TemporaryFolder temporary;
    write_text(temporary / "file", "");
    EXPECT_THAT(message_of<RunFolderError>([&] { RunFolder::create_own(temporary / "file/run"); }),
                AllOf(HasSubstr("cannot make the run folder"), HasSubstr("file/run"), HasSubstr("--out")));
}

TEST(RunFolderTest, CannotBeMadeWhereAFileIs) {
    const TemporaryFolder temporary;
    write_text(temporary / "file", "");
    for (const std::string path : {"file", "file/run"}) {
        EXPECT_THAT(message_of<RunFolderError>([&] { RunFolder::create(temporary / path); }),
                    AllOf(HasSubstr("cannot"), HasSubstr(path), HasSubstr("--out")));
    }
}

TEST(RunFolderTest, OpensWhatARunHasWritten) {
    const TemporaryFolder temporary;
    EXPECT_THAT(message_of<RunFolderError>([&] { RunFolder::open(""); }), HasSubstr("name is empty"));
    EXPECT_THAT(message_of<RunFolderError>([&] { RunFolder::open(temporary / "none"); }),
                HasSubstr("none is not a folder"));
    EXPECT_THAT(message_of<RunFolderError>([&] { RunFolder::open(temporary.path()); }),
                HasSubstr("has no requests.jsonl"));
    write_text(temporary / "requests.jsonl", "");
    EXPECT_EQ(RunFolder::open(temporary.path()).path(), temporary.path());
}

TEST(DefaultRunPathTest, NamesScenarioAndTime) {
    constexpr std::int64_t start = 1'790'000'000'999'999'999;
    scenarios::Scenario scenario;
    const auto path = [&](std::string name) {
        scenario.name = std::move(name);
        return default_run_path(scenario, start).string();
    };
    EXPECT_EQ(path("smoke"), "streamgauge-runs/smoke-20260921T141320Z");
    EXPECT_EQ(path("Gateway v1.2_a"), "streamgauge-runs/Gateway-v1.2_a-20260921T141320Z");
    EXPECT_EQ(path("../../etc/passwd"), "streamgauge-runs/etc-passwd-20260921T141320Z");
    EXPECT_EQ(path("..hidden"), "streamgauge-runs/hidden-20260921T141320Z");
    EXPECT_EQ(path("\u4f60\u597d"), "streamgauge-runs/run-20260921T141320Z");
    EXPECT_EQ(path(""), "streamgauge-runs/run-20260921T141320Z");
    EXPECT_EQ(path(std::string(500, 'x')), "streamgauge-runs/" + std::string(60, 'x') + "-20260921T141320Z");
}

TEST(WriteFileTest, ReplacesTheWholeFile) {
    const TemporaryFolder temporary;
    write_file(temporary / "file", "a long first text");
    write_file(temporary / "file", "second");
    EXPECT_EQ(read_text(temporary / "file"), "second");
    EXPECT_FALSE(fs::exists(temporary / "file.new"));
}

TEST(WriteFileTest, KeepsTheOldFileWhenTheDiskIsFull) {
    const TemporaryFolder temporary;
    write_file(temporary / "file", "old");
    fs::create_symlink("/dev/full", temporary / "file.new");
    const auto message = message_of<RunFolderError>([&] { write_file(temporary / "file", "new"); });
    EXPECT_THAT(message, HasSubstr("file: No space left on device"));
    EXPECT_EQ(read_text(temporary / "file"), "old");
    EXPECT_FALSE(fs::is_symlink(temporary / "file.new"));
}

TEST(WriteFileTest, NamesAFileThatCannotBeMade) {
    const TemporaryFolder temporary;
    EXPECT_THAT(message_of<RunFolderError>([&] { write_file(temporary / "no/file", "x"); }),
                HasSubstr("no/file: No such file or directory"));
}

TEST(WriteOutputTest, WritesToADeviceAsItIs) {
    EXPECT_THAT(message_of<RunFolderError>([] { write_output("/dev/full", "x"); }),
                HasSubstr("/dev/full: No space left on device"));
    EXPECT_TRUE(fs::is_character_file("/dev/full"));
    EXPECT_NO_THROW(write_output("/dev/null", "x"));
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(WriteOutputTest, ReplacesWhatALinkPointsTo) {
    const TemporaryFolder temporary;
    write_text(temporary / "file", "old");
    fs::create_symlink(temporary / "file", temporary / "link");
    write_output(temporary / "link", "new");
    EXPECT_TRUE(fs::is_symlink(temporary / "link"));
    EXPECT_EQ(read_text(temporary / "file"), "new");
    write_output(temporary / "other", "new");
    EXPECT_EQ(read_text(temporary / "other"), "new");
}

}  // namespace
}  // namespace streamgauge::report
