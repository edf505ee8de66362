#include "scenarios/loader.h"
#include "tests/scenarios/json_schema.h"
#include "tests/scenarios/scenario_files.h"
#include "tests/scenarios/yaml_json.h"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <sstream>

namespace streamgauge::scenarios {
namespace {

/// What the comments at the head of a broken scenario promise.
struct Promise {
    std::vector<std::string> diagnostics;  ///< "line:column: error: ...", in order
    std::string schema;                    ///< "rejects" or "cannot tell"
};

Promise promise_of(const std::string& text) {
    Promise promise;
    std::istringstream lines(text);
    for (std::string line; promise.schema.empty() && std::getline(lines, line) && line.starts_with("# ");) {
        constexpr std::string_view schema = "# schema: ";
        if (line.starts_with(schema)) {
            promise.schema = line.substr(schema.size());
        } else {
            promise.diagnostics.push_back(line.substr(2));
        }
    }
    return promise;
}

/// The loader's lines without the file's name, and without the folder in which the tests happen to stand.
std::vector<std::string> lines_of(const LoadResult& result, const std::filesystem::path& file) {
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : result.diagnostics) {
        std::string line = format_diagnostic(diagnostic).substr(file.string().size() + 1);
        const std::string folder = file.parent_path().string() + "/";
        if (const auto at = line.find(folder); at != std::string::npos)
            line.replace(at, folder.size(), "FOLDER/");
        lines.push_back(std::move(line));
    }
    return lines;
}

bool schema_rejects(const std::string& text) {
    const auto schema = boost::json::parse(scenario_schema());
    try {
        return !schema_violations(yaml_to_json(text), schema).empty();
    } catch (const YAML::Exception&) {
        return false;  // no YAML: an editor says so, but not because of the schema
    }
}

class BrokenScenario : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(BrokenScenario, IsReportedAsItsHeadPromises) {
    const std::string text = read_file(GetParam());
    const Promise promise = promise_of(text);
    const LoadResult result = load_scenario(GetParam());
    EXPECT_FALSE(result.scenario);
    EXPECT_FALSE(promise.diagnostics.empty());
    EXPECT_EQ(fmt::format("{}", fmt::join(lines_of(result, GetParam()), "\n")),
              fmt::format("{}", fmt::join(promise.diagnostics, "\n")));
    ASSERT_TRUE(promise.schema == "rejects" || promise.schema == "cannot tell") << promise.schema;
    EXPECT_EQ(schema_rejects(text), promise.schema == "rejects");
}

INSTANTIATE_TEST_SUITE_P(All, BrokenScenario,
                         ::testing::ValuesIn(yaml_files(source_folder / "tests/scenarios/broken")),
                         [](const auto& file) {
                             std::string name = file.param.stem().string();
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace streamgauge::scenarios
