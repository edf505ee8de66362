#include "scenarios/loader.h"

#include "scenarios/interpolation.h"
#include "scenarios/overrides.h"
#include "scenarios/read_context.h"
#include "scenarios/sample_size_check.h"
#include "scenarios/scenario_reader.h"
#include "scenarios/yaml_tree.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

namespace streamgauge::scenarios {
namespace {

constexpr std::size_t largest_file = 1024 * 1024;

std::optional<std::string> process_environment(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string_view without_byte_order_mark(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    return text;
}

LoadResult failure(const std::filesystem::path& file, std::string message) {
    return {std::nullopt, {{Severity::error, {file.string(), 0, 0}, std::move(message), {}}}};
}

std::optional<Scenario> read(std::string_view text, const std::filesystem::path& file,
                             const LoadOptions& options, DiagnosticCollector& diagnostics) {
    std::optional<YamlNode> root = parse_yaml(text, file.string(), diagnostics);
    if (!root) return std::nullopt;
    if (root->is_null()) {
        diagnostics.error({file.string(), 0, 0},
                          "the scenario is empty; scenarios/minimal.yaml shows the least one needs");
        return std::nullopt;
    }
    apply_overrides(*root, options.overrides, diagnostics);
    interpolate_tree(*root, options.environment ? options.environment : process_environment, diagnostics);

    SecretCollector secrets(text);
    ReadContext context{diagnostics, secrets, (std::filesystem::current_path() / file).parent_path()};
    Scenario scenario = read_scenario(*root, context);
    scenario.source = secrets.masked_source();
    scenario.secrets = secrets.take_values();
    if (!diagnostics.has_errors()) warn_about_sample_sizes(scenario, diagnostics);
    return scenario;
}

}  // namespace

LoadResult load_scenario(const std::filesystem::path& file, const LoadOptions& options) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        return failure(file, "this is a folder, not a scenario file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        const bool there = std::filesystem::exists(file, error);
        return failure(file,
                       there ? "the file cannot be opened; check its permissions" : "there is no such file");
    }
    std::string text(largest_file + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    LoadResult result = parse_scenario(text, file, options);
    if (!result.scenario) return result;
    result.scenario->file = file;
    const bool has_name = result.scenario->name != Scenario{}.name;
    if (!has_name && file.has_stem()) result.scenario->name = file.stem().string();
    return result;
}

LoadResult parse_scenario(std::string_view text, const std::filesystem::path& file,
                          const LoadOptions& options) {
    if (text.size() > largest_file) {
        return failure(file,
                       "larger than 1 MiB, which no scenario is; move prompts to a file of their own "
                       "(`prompts: { file: ... }`)");
    }
    DiagnosticCollector diagnostics;
    LoadResult result;
    result.scenario = read(without_byte_order_mark(text), file, options, diagnostics);
    if (diagnostics.has_errors()) result.scenario.reset();
    result.diagnostics = diagnostics.take_sorted();
    return result;
}

}  // namespace streamgauge::scenarios
