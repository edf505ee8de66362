#include "tests/scenarios/scenario_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace streamgauge::scenarios {
namespace {

constexpr std::string_view targets_by_default = "{ api: \"http://127.0.0.1:8080/v1/chat/completions\" }";
constexpr std::string_view load_by_default = "[{ phase: steady, users: 20, for: 30s }]";

std::string compose(std::string_view targets, std::string_view load, std::string_view more) {
    return fmt::format("version: 1\ntargets: {}\nload: {}\n{}\n", targets, load, more);
}

}  // namespace

std::string scenario_with(std::string_view more) {
    return compose(targets_by_default, load_by_default, more);
}

std::string scenario_with_load(std::string_view load) {
    return compose(targets_by_default, load, "");
}

std::string scenario_with_targets(std::string_view targets, std::string_view more) {
    return compose(targets, load_by_default, more);
}

LoadOptions with_environment(std::map<std::string, std::string> variables) {
    LoadOptions options;
    options.environment = [variables =
                               std::move(variables)](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(std::string(name));
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
    return options;
}

LoadOptions with_overrides(std::vector<std::pair<std::string, std::string>> overrides) {
    LoadOptions options;
    options.overrides = std::move(overrides);
    return options;
}

std::vector<std::string> diagnostics_of(std::string_view text, const LoadOptions& options) {
    std::vector<std::string> lines;
    for (Diagnostic diagnostic : parse_scenario(text, "", options).diagnostics) {
        std::string line = format_diagnostic(diagnostic);
        if (line.starts_with(':')) line.erase(0, 1);
        lines.push_back(std::move(line));
    }
    return lines;
}

Scenario loaded(std::string_view text, const LoadOptions& options) {
    LoadResult result = parse_scenario(text, "", options);
    if (!result.scenario) {
        ADD_FAILURE() << fmt::format("{}", fmt::join(diagnostics_of(text, options), "\n"));
        return {};
    }
    return std::move(*result.scenario);
}

}  // namespace streamgauge::scenarios
