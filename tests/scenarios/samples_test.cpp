#include "scenarios/loader.h"
#include "tests/scenarios/scenario_files.h"
#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::StartsWith;

LoadResult load_sample(const std::filesystem::path& file, const LoadOptions& options) {
    LoadResult result = load_scenario(file, options);
    for (const Diagnostic& diagnostic : result.diagnostics)
        ADD_FAILURE() << format_diagnostic(diagnostic);
    return result;
}

TEST(Samples, LoadWithoutAnyVariable) {
    for (const char* folder : {"scenarios", "tests/scenarios/valid"}) {
        for (const auto& file : yaml_files(source_folder / folder)) {
            EXPECT_TRUE(load_sample(file, with_environment({})).scenario) << file;
        }
    }
}

TEST(Samples, OpenWithTheirSchemaAndAreShort) {
    for (const auto& file : yaml_files(source_folder / "scenarios")) {
        const std::string text = read_file(file);
        EXPECT_THAT(text, StartsWith("# yaml-language-server: $schema=schema.json\n# ")) << file;
        EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 40) << file;
    }
}

TEST(Samples, GoWhereTheEnvironmentPoints) {
    const auto options = with_environment({{"STREAMGAUGE_URL", "http://[::1]:9"},
                                           {"GATEWAY_URL", "http://[::1]:9"},
                                           {"SERVICE_URL", "http://[::1]:9"},
                                           {"INGRESS_URL", "http://[::1]:9"},
                                           {"EDGE_URL", "http://[::1]:9"},
                                           {"DEMO_PLAIN_PORT", "9"},
                                           {"DEMO_HELD_PORT", "9"}});
    for (const auto& file : yaml_files(source_folder / "scenarios")) {
        const auto result = load_sample(file, options);
        ASSERT_TRUE(result.scenario);
        for (const Target& target : result.scenario->targets)
            EXPECT_EQ(target.url.port, 9) << file << target.name;
    }
}

/// Tests and newcomers run a sample for a moment only.
TEST(Samples, CanBeShortenedByArguments) {
    for (const auto& file : yaml_files(source_folder / "scenarios")) {
        LoadOptions options = with_environment({});
        const auto full = load_sample(file, options);
        ASSERT_TRUE(full.scenario);
        for (const LoadPhase& phase : full.scenario->load)
            options.overrides.emplace_back("load." + phase.name + ".for", "1s");
        const LoadResult brief = load_scenario(file, options);
        ASSERT_TRUE(brief.scenario) << file;
        for (const LoadPhase& phase : brief.scenario->load)
            EXPECT_EQ(phase.duration, 1s);
    }
}

TEST(Demo, IsWhatTheReadmePromises) {
    const auto result = load_sample(source_folder / "scenarios/demo.yaml", with_environment({}));
    ASSERT_TRUE(result.scenario);
    const Scenario& demo = *result.scenario;
    ASSERT_EQ(demo.targets.size(), 2U);
    EXPECT_EQ(demo.targets[0].name, "plain");
    EXPECT_EQ(demo.targets[0].url.port, 8081);
    EXPECT_EQ(demo.targets[1].name, "held");
    EXPECT_EQ(demo.targets[1].url.port, 8082);
    EXPECT_EQ(demo.targets[0].share, 0.5);
    ASSERT_EQ(demo.load.size(), 2U);
    EXPECT_TRUE(demo.load[0].warmup);
    EXPECT_EQ(std::get<ClosedLoop>(demo.load[1].shape).users.to, 1000);
    EXPECT_THAT(demo.secrets, IsEmpty());
}

}  // namespace
}  // namespace streamgauge::scenarios
