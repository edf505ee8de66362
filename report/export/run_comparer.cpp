#include "report/export/run_comparer.h"

#include "report/export/run_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace streamgauge::report {
namespace {

/// However they are spelled: `runs/1`, `./runs/1` and a link to it are one run.
bool same_folder(const std::filesystem::path& one, const std::filesystem::path& other) {
    std::error_code error;
    return std::filesystem::equivalent(one, other, error) && !error;
}

}  // namespace

RunComparer::RunComparer(ComparisonOptions options)
    : options_(std::move(options)), metrics_(compared_metrics(options_.gate)), seed_(options_.seed) {}

void RunComparer::add_baseline(const std::filesystem::path& folder, const std::string& label) {
    // A run that counts twice would hide what differs from run to run, and raise false alarms.
    if (const auto* earlier = baseline_at(folder)) {
        throw RunFolderError(
            fmt::format("{} is the same run as {}; name each run of the baseline once", label, *earlier));
    }
    baselines_.push_back(read(folder, label));
    baseline_folders_.push_back(folder);
}

void RunComparer::add_candidate(const std::filesystem::path& folder, const std::string& label) {
    candidates_.push_back(read(folder, label));
    if (baseline_at(folder)) notes_.push_back(fmt::format("{} is compared with itself.", label));
}

const std::string* RunComparer::baseline_at(const std::filesystem::path& folder) const {
    for (std::size_t at = 0; at < baseline_folders_.size(); ++at)
        if (same_folder(baseline_folders_[at], folder)) return &baselines_[at].label;
    return nullptr;
}

RunFigures RunComparer::read(const std::filesystem::path& folder, const std::string& label) {
    auto run = read_observations(folder, metrics_, label);
    if (!first_) first_ = run.shape;
    if (auto difference = scenario_difference(*first_, run.shape); !difference.empty())
        notes_.push_back(std::move(difference));
    notes_.insert(notes_.end(), run.notes.begin(), run.notes.end());
    return figures_of(run.observations, metrics_, ++seed_);
}

bool RunComparer::has_gated(const RunFigures& run, const RunFigures::Key& group) const {
    for (std::size_t at = 0; at < metrics_.size(); ++at) {
        const bool gated = std::ranges::find(options_.gate, metrics_[at].name) != options_.gate.end();
        if (gated && run.find(group, at).value) return true;
    }
    return false;
}

RunComparison RunComparer::compare() const {
    auto comparison = compare_runs(baselines_, candidates_, metrics_, options_);
    comparison.notes = notes_;
    return comparison;
}

}  // namespace streamgauge::report
