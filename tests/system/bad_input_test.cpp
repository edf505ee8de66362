#include "tests/system/fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

namespace streamgauge::system_tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

void expect_one_sentence(const Finished& finished, std::string_view named) {
    EXPECT_EQ(finished.status, 2);
    EXPECT_THAT(finished.err, HasSubstr(named));
    EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
    EXPECT_THAT(finished.out, IsEmpty());
}

TEST(BadInput, MissingScenario) {
    expect_one_sentence(run({program(), "run", "/nowhere/chat.yaml"}), "/nowhere/chat.yaml");
}

TEST(BadInput, BrokenYaml) {
    const TemporaryFolder files;
    const auto file = files.write("broken.yaml", "version: 1\ntargets: { a: [ }\n");
    expect_one_sentence(run({program(), "run", file.string()}), "broken.yaml:2:");
}

TEST(BadInput, EmptyScenario) {
    const TemporaryFolder files;
    const auto finished = run({program(), "run", files.write("empty.yaml", "").string()});
    EXPECT_EQ(finished.status, 2);
    EXPECT_THAT(finished.err, HasSubstr("empty.yaml"));
}

TEST(BadInput, NothingIsWrittenForAScenarioWithErrors) {
    Bench bench;
    Scene scene{"http://127.0.0.1:1/"};
    scene.load = "{ phase: steady, users: many, for: 1s }";
    EXPECT_EQ(bench.run(scene).status, 2);
    EXPECT_FALSE(std::filesystem::exists(bench.folder().path()));
}

TEST(BadInput, OutputFolderThatCannotBeMade) {
    Bench bench;
    const auto blocker = bench.files().write("file", "");
    auto command = bench.command({"http://127.0.0.1:1/"});
    *(std::find(command.begin(), command.end(), "--out") + 1) = (blocker / "run").string();
    expect_one_sentence(run(command), (blocker / "run").string());
}

TEST(BadInput, OutputFolderThatHoldsARun) {
    Bench bench;
    std::filesystem::create_directory(bench.folder().path());
    bench.files().write("run/summary.json", "{}");
    const auto finished = bench.run({"http://127.0.0.1:1/"});
    expect_one_sentence(finished, bench.folder().path().string());
}

TEST(BadInput, FileSizeLimitDoesNotKillTheProgram) {
    const TemporaryFolder files;
    const auto file = files.write("page", "");
    const auto script =
        fmt::format("(ulimit -f 1; '{}' man > '{}'); echo status $?", program(), file.string());
    const auto finished = run({"/bin/sh", "-c", script});
    EXPECT_GE(std::filesystem::file_size(file), 512u) << "what there is room for is written";
    const auto killed = fmt::format("status {}", 128 + SIGXFSZ);
    EXPECT_THAT(finished.out, AllOf(HasSubstr("status "), Not(HasSubstr(killed))));
}

TEST(BadInput, HeaderOnTheCommandLine) {
    Bench bench;
    const auto finished =
        bench.run({"http://127.0.0.1:1/", "headers: { Authorization: \"Bearer ${env:KEY:-none}\" }"},
                  {"--set", "targets.served.headers.Authorization=Bearer 4rgv-s3cret"});
    EXPECT_EQ(finished.status, 2);
    EXPECT_THAT(finished.err, HasSubstr("headers"));
    EXPECT_THAT(finished.err, ::testing::Not(HasSubstr("4rgv-s3cret")));
}

TEST(BadInput, MissingVariable) {
    Bench bench;
    const auto finished = bench.run(
        {"http://127.0.0.1:1/", "headers: { Authorization: \"Bearer ${env:STREAMGAUGE_NO_SUCH_KEY}\" }"});
    expect_one_sentence(finished, "STREAMGAUGE_NO_SUCH_KEY");
}

TEST(BadInput, CertificateFileThatIsNotThere) {
    Bench bench;
    const auto finished = bench.run({"https://127.0.0.1:1/", "tls: { ca_file: /nowhere/ca.pem }"});
    expect_one_sentence(finished, "/nowhere/ca.pem");
}

TEST(BadInput, PromptFileThatIsNotThere) {
    Bench bench;
    Scene scene{"http://127.0.0.1:1/"};
    scene.more = "workload: { prompts: { file: nowhere.jsonl } }\n";
    expect_one_sentence(bench.run(scene), "nowhere.jsonl");
}

TEST(BadInput, FolderThatIsNoRun) {
    const TemporaryFolder files;
    expect_one_sentence(run({program(), "report", files.path().string()}), files.path().string());
    expect_one_sentence(run({program(), "report", "/nowhere/run"}), "/nowhere/run");
}

TEST(BadInput, WorkersThatAreNone) {
    Bench bench;
    const auto finished = bench.run({"http://127.0.0.1:1/"}, {"--workers", "0"});
    EXPECT_EQ(finished.status, 2);
    EXPECT_THAT(finished.err, HasSubstr("--workers"));
}

TEST(BadInput, VariableThatIsNoNumber) {
    Bench bench;
    expect_one_sentence(bench.run({"http://127.0.0.1:1/"}, {}, {"STREAMGAUGE_WORKERS=several"}),
                        "STREAMGAUGE_WORKERS");
}

}  // namespace
}  // namespace streamgauge::system_tests
