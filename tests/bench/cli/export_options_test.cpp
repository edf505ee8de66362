#include "bench/cli/export_options.h"

#include "bench/cli/usage_error.h"
#include "report/export/exporters.h"
#include "report/export/step_summary.h"
#include "tests/bench/cli/temporary_folder.h"
#include "tests/bench/cli/test_console.h"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace streamgauge::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ExportOptionsTest : public ::testing::Test {
  protected:
    ExportOptionsTest() {
        add_export_options(app_, options_);
        summary_.run.scenario_name = "chat";
        summary_.verdict.sentence = "Failed: one expectation missed.";
        report::ExpectationResult missed;
        missed.judgement = report::Judgement::missed;
        missed.expectation.text = "ttft.p95 < 1ms";
        missed.expectation.where = {(temporary_.path() / "chat.yaml").string(), 7, 5};
        summary_.verdict.expectations = {missed};
    }

    void parse(std::vector<std::string> arguments) {
        std::reverse(arguments.begin(), arguments.end());
        app_.parse(arguments);
    }
    std::string path(std::string_view name) const { return (temporary_.path() / name).string(); }
    report::RunFolder folder() const { return report::RunFolder::create(temporary_.path() / "run"); }
    report::ExportedRun exported() const { return {summary_, scenario_}; }
    static std::string read(const fs::path& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    TemporaryFolder temporary_;
    CLI::App app_;
    ExportOptions options_;
    report::Summary summary_;
    scenarios::Scenario scenario_;
    TestConsole test_;
};

TEST_F(ExportOptionsTest, NothingIsWrittenUnasked) {
    parse({});
    const auto run = folder();
    EXPECT_THAT(write_exports(options_, run, exported()), IsEmpty());
    EXPECT_TRUE(fs::is_empty(run.path()));
}

TEST_F(ExportOptionsTest, EachExporterHasAnOption) {
    std::vector<std::string> arguments;
    for (const auto& exporter : report::exporters())
        arguments.insert(arguments.end(), {"--" + std::string(exporter.name), path(exporter.file_name)});
    parse(arguments);
    EXPECT_THAT(write_exports(options_, folder(), exported()), IsEmpty());
    for (const auto& exporter : report::exporters())
        EXPECT_EQ(read(path(exporter.file_name)), exporter.write(exported())) << exporter.name;
}

TEST_F(ExportOptionsTest, NamesWriteIntoTheRunFolder) {
    parse({"--export", "junit,csv", "--export", "markdown"});
    const auto run = folder();
    EXPECT_THAT(write_exports(options_, run, exported()), IsEmpty());
    EXPECT_TRUE(fs::exists(run.path() / "junit.xml"));
    EXPECT_TRUE(fs::exists(run.path() / "summary.csv"));
    EXPECT_TRUE(fs::exists(run.path() / "summary.md"));
    EXPECT_FALSE(fs::exists(run.path() / "vllm.json"));
}

TEST_F(ExportOptionsTest, AllIsEveryExporter) {
    parse({"--export", "all"});
    const auto run = folder();
    EXPECT_THAT(write_exports(options_, run, exported()), IsEmpty());
    for (const auto& exporter : report::exporters())
        EXPECT_TRUE(fs::exists(run.path() / exporter.file_name)) << exporter.name;
}

TEST_F(ExportOptionsTest, UnknownNameIsRefused) {
    EXPECT_THROW(parse({"--export", "pdf"}), CLI::ValidationError);
}

TEST_F(ExportOptionsTest, FileThatCannotBeWrittenIsRefusedBeforehand) {
    parse({"--junit", "/nowhere/junit.xml"});
    EXPECT_THROW(require_writable(options_), UsageError);
    options_.files["junit"] = temporary_.path();
    EXPECT_THROW(require_writable(options_), UsageError);
    for (const auto& usable :
         {fs::path("junit.xml"), temporary_.path() / "junit.xml", fs::path("/dev/null")}) {
        options_.files["junit"] = usable;
        EXPECT_NO_THROW(require_writable(options_)) << usable;
    }
}

TEST_F(ExportOptionsTest, FullDiskIsSaidAndTakesNothingElseAlong) {
    parse({"--junit", "/dev/full", "--csv", path("a.csv")});
    EXPECT_THAT(write_exports(options_, folder(), exported()),
                ElementsAre(AllOf(HasSubstr("/dev/full"), HasSubstr("No space left on device"))));
    EXPECT_TRUE(fs::exists(path("a.csv")));
    EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(ExportOptionsTest, AnnotationsComeWhenAskedFor) {
    test_.variables["GITHUB_WORKSPACE"] = temporary_.path().string();
    print_annotations(options_, summary_, test_.console);
    EXPECT_THAT(test_.err.str(), IsEmpty());
    parse({"--annotations"});
    print_annotations(options_, summary_, test_.console);
    EXPECT_THAT(test_.err.str(), HasSubstr("::error file=chat.yaml,line=7,col=5,"));
    EXPECT_THAT(test_.out.str(), IsEmpty());
}

TEST_F(ExportOptionsTest, GithubIsServedWhereItAsks) {
    EXPECT_THAT(serve_github(options_, exported(), test_.console), IsEmpty());
    EXPECT_THAT(test_.err.str(), IsEmpty());
    test_.variables["GITHUB_ACTIONS"] = "true";
    test_.variables["GITHUB_STEP_SUMMARY"] = path("step.md");
    EXPECT_THAT(serve_github(options_, exported(), test_.console), IsEmpty());
    EXPECT_THAT(test_.err.str(), HasSubstr("::error "));
    EXPECT_THAT(read(path("step.md")), HasSubstr("one expectation missed"));
    test_.variables["GITHUB_STEP_SUMMARY"] = "/dev/full";
    EXPECT_THAT(serve_github(options_, exported(), test_.console), ElementsAre(HasSubstr("/dev/full")));
}

}  // namespace
}  // namespace streamgauge::cli
