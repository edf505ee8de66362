#include "report/export/baseline.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

namespace streamgauge::report {
namespace {

namespace fs = std::filesystem;

/// `api in steady, api in peak`
std::string list_of(const std::vector<RunFigures::Key>& groups) {
    std::vector<std::string> names;
    names.reserve(groups.size());
    for (const auto& [target, phase] : groups)
        names.push_back(fmt::format("{} in {}", target, phase));
    constexpr std::size_t most = 4;
    const bool many = names.size() > most;
    if (many) names.resize(most);
    return fmt::format("{}{}", fmt::join(names, ", "), many ? ", ..." : "");
}

void require_common_ground(const RunComparer& baseline, const scenarios::Scenario& scenario,
                           const scenarios::BaselineRun& run) {
    const auto wanted = RunObservations("", scenario, usual_compared_metrics()).groups();
    const auto& figures = baseline.baselines().back();
    if (figures.figures.empty()) {
        throw RunFolderError(fmt::format(
            "the baseline {} has no request in a measured phase; compare with another run", run.text));
    }
    const auto common = [&](const auto& group) { return baseline.has_gated(figures, group); };
    if (std::ranges::any_of(wanted, common)) return;
    std::vector<RunFigures::Key> measured;
    for (const auto& [group, unused] : figures.figures)
        measured.push_back(group);
    throw RunFolderError(
        fmt::format("the baseline {} has no gated figure of any target and phase of this scenario: it "
                    "measured {}, the scenario will {}; compare with a run of the same targets and phases",
                    run.text, list_of(measured), list_of(wanted)));
}

}  // namespace

ComparisonOptions comparison_options(const scenarios::Baseline& baseline) {
    ComparisonOptions options;
    options.gate = baseline.gate;
    options.floor = {.relative = baseline.floor.relative,
                     .nanoseconds = static_cast<double>(baseline.floor.time.count()),
                     .share = baseline.floor.errors};
    return options;
}

std::optional<RunComparer> read_baseline(const scenarios::Scenario& scenario) {
    if (!scenario.baseline || scenario.baseline->runs.empty()) return std::nullopt;
    RunComparer baseline(comparison_options(*scenario.baseline));
    for (const auto& run : scenario.baseline->runs) {
        std::error_code error;
        if (!fs::exists(run.folder, error)) {
            throw RunFolderError(fmt::format(
                "there is no baseline {} ({}); name the folder of an earlier run, or run once without "
                "`baseline` to make the first",
                run.text, run.folder.string()));
        }
        try {
            baseline.add_baseline(run.folder, run.text);
        } catch (const RunFolderError& trouble) {
            throw RunFolderError(
                fmt::format("cannot compare with the baseline {}: {}", run.text, trouble.what()));
        }
        require_common_ground(baseline, scenario, run);
    }
    return baseline;
}

RunComparison compare_with_baseline(RunComparer baseline, const scenarios::Scenario& scenario,
                                    const RunFolder& run) {
    RunComparison comparison;
    try {
        baseline.add_candidate(run.path(), run.path().string());
        comparison = baseline.compare();
    } catch (const RunFolderError& trouble) {
        comparison = baseline.compare();
        comparison.rows.clear();
        comparison.candidates = {run.path().string()};
        comparison.notes.push_back(fmt::format("The run could not be compared: {}.", trouble.what()));
    }
    if (scenario.baseline) comparison.where = scenario.baseline->where;
    return comparison;
}

}  // namespace streamgauge::report
