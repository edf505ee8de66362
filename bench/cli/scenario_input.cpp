#include "bench/cli/scenario_input.h"

#include "bench/cli/usage_error.h"
#include "bench/load/prompt_source.h"
#include "bench/net/tls_context.h"
#include "report/export/baseline.h"
#include "scenarios/loader.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <ostream>
#include <stdexcept>
#include <utility>

namespace streamgauge::cli {

namespace {

std::pair<std::string, std::string> split_override(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
        throw UsageError(
            fmt::format("--set {} is not of the form path=value, such as load.steady.for=10s", text));
    }
    return {text.substr(0, equals), text.substr(equals + 1)};
}

scenarios::LoadOptions load_options(const ScenarioInput& input, const Console& console) {
    scenarios::LoadOptions options;
    options.environment = console.environment;
    for (const auto& text : input.overrides)
        options.overrides.push_back(split_override(text));
    return options;
}

void require_file(const std::filesystem::path& file) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) {
        throw UsageError(fmt::format("{} is a folder; name the scenario file in it", file.string()));
    }
    if (!std::filesystem::exists(file, error)) {
        throw UsageError(fmt::format("there is no scenario file {}", file.string()));
    }
}

/// Prompts are read when a run starts; an error in them belongs to the errors of the scenario.
bool prompts_are_usable(const scenarios::Scenario& scenario, Console& console) {
    try {
        load::make_prompt_source(scenario);
        return true;
    } catch (const std::runtime_error& error) {
        fmt::print(console.err, "error: {}\n", error.what());
        return false;
    }
}

/// So are certificates. The system's own need no look.
bool certificates_are_usable(const scenarios::Scenario& scenario, Console& console) {
    bool usable = true;
    for (const auto& target : scenario.targets) {
        if (target.tls.ca_file.empty() && target.tls.cert_file.empty()) continue;
        try {
            const net::TlsContext context{target.tls};
        } catch (const std::runtime_error& error) {
            fmt::print(console.err, "error: target `{}`: {}\n", target.name, error.what());
            usable = false;
        }
    }
    return usable;
}

}  // namespace

std::optional<scenarios::Scenario> load(const ScenarioInput& input, Console& console) {
    const auto options = load_options(input, console);
    require_file(input.file);
    auto loaded = scenarios::load_scenario(input.file, options);
    for (const auto& diagnostic : loaded.diagnostics) {
        fmt::print(console.err, "{}\n", scenarios::format_diagnostic(diagnostic));
    }
    if (!loaded.scenario) return std::nullopt;
    const bool usable = prompts_are_usable(*loaded.scenario, console);
    if (!certificates_are_usable(*loaded.scenario, console) || !usable) return std::nullopt;
    return std::move(loaded.scenario);
}

std::optional<report::RunComparer> load_baseline(scenarios::Scenario& scenario,
                                                 const std::vector<std::filesystem::path>& named) {
    if (!named.empty()) {
        if (!scenario.baseline) scenario.baseline.emplace();
        scenario.baseline->runs.clear();
        for (const auto& folder : named) {
            if (folder.empty())
                throw UsageError("--baseline is empty; name the folder of an earlier run or leave it out");
            scenario.baseline->runs.push_back({folder.string(), std::filesystem::absolute(folder)});
        }
    }
    try {
        return report::read_baseline(scenario);
    } catch (const report::RunFolderError& error) {
        const auto& where = scenario.baseline->where;
        if (!named.empty() || where.line == 0) throw UsageError(error.what());
        throw UsageError(fmt::format("{}:{}:{}: {}", where.file, where.line, where.column, error.what()));
    }
}

}  // namespace streamgauge::cli
