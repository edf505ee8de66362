#include "report/export/run_comparer.h"

#include <algorithm>
#include <utility>

namespace streamgauge::report {

RunComparer::RunComparer(ComparisonOptions options)
    : options_(std::move(options)), metrics_(compared_metrics(options_.gate)), seed_(options_.seed) {}

void RunComparer::add_baseline(const std::filesystem::path& folder, const std::string& label) {
    baselines_.push_back(read(folder, label));
}

void RunComparer::add_candidate(const std::filesystem::path& folder, const std::string& label) {
    candidates_.push_back(read(folder, label));
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
