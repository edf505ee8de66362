#include "report/comparison/comparison.h"

#include "report/stats/holm.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace streamgauge::report {
namespace {

using Key = RunFigures::Key;

struct Runs {
    const std::vector<RunFigures>& baselines;
    const std::vector<RunFigures>& candidates;
    const std::vector<ComparedMetric>& metrics;
};

/// One figure of all baselines.
struct BaseFigures {
    std::vector<RunFigure> figures;
    std::optional<double> mean;  ///< of those that have a value; of durations the geometric one
    std::string reason;          ///< why a figure is missing; empty when all are there
};

BaseFigures base_figures(const Runs& runs, const Key& group, std::size_t metric) {
    BaseFigures base;
    const bool is_share = runs.metrics[metric].is_share();
    double sum = 0, values = 0;
    for (const auto& run : runs.baselines) {
        const auto& found = run.find(group, metric);
        if (found.figure) base.figures.push_back(*found.figure);
        if (!found.figure) base.reason = found.reason;
        if (!found.value) continue;
        sum += is_share ? *found.value : std::log(std::max(*found.value, 1.0));
        ++values;
    }
    if (values > 0) base.mean = is_share ? sum / values : std::exp(sum / values);
    return base;
}

/// Without an interval, what can be said is how far the bare figures lie apart.
std::optional<double> bare_change(const std::optional<double>& base, const std::optional<double>& value,
                                  bool is_share) {
    if (!base || !value || !std::isfinite(*base) || !std::isfinite(*value)) return std::nullopt;
    if (is_share) return *value - *base;
    return *base > 0 ? std::optional(*value / *base - 1) : std::nullopt;
}

RunDifference compare(const BaseFigures& base, const FigureOrReason& candidate, bool is_share) {
    RunDifference compared;
    compared.value = candidate.value;
    if (candidate.value && !base.reason.empty()) {
        compared.reason = "baseline: " + base.reason;
    } else if (!candidate.figure) {
        compared.reason = candidate.reason;
    } else {
        compared.change = compare_figures(base.figures, *candidate.figure);
        if (!compared.change) compared.reason = "baseline: it falls among requests that timed out";
    }
    if (compared.change) compared.p_value = compared.change->p_value;
    if (!compared.change) compared.bare_change = bare_change(base.mean, compared.value, is_share);
    return compared;
}

bool is_measured(const Runs& runs, const Key& group, std::size_t metric) {
    const auto measures = [&](const RunFigures& run) { return run.find(group, metric).value.has_value(); };
    return std::ranges::any_of(runs.baselines, measures) || std::ranges::any_of(runs.candidates, measures);
}

RunComparisonRow row_of(const Runs& runs, const Key& group, std::size_t metric) {
    const auto& compared = runs.metrics[metric];
    RunComparisonRow row;
    row.target = group.first;
    row.phase = group.second;
    row.metric = compared.name;
    row.is_share = compared.is_share();
    const auto base = base_figures(runs, group, metric);
    row.base = base.mean;
    for (const auto& run : runs.candidates) {
        row.figures.push_back(compare(base, run.find(group, metric), row.is_share));
        if (const auto& change = row.figures.back().change) row.base = change->base;
    }
    return row;
}

/// The groups of all runs, those of the first one first.
std::vector<Key> groups_of(const Runs& runs) {
    std::vector<Key> groups;
    for (const auto* some : {&runs.baselines, &runs.candidates}) {
        for (const auto& run : *some) {
            for (const auto& group : run.groups) {
                if (std::ranges::find(groups, group) == groups.end()) groups.push_back(group);
            }
        }
    }
    return groups;
}

void correct_gated(std::vector<RunComparisonRow>& rows) {
    std::vector<RunDifference*> gated;
    std::vector<double> p_values;
    for (auto& row : rows) {
        for (auto& figure : row.figures) {
            if (!row.gated || !figure.change) continue;
            gated.push_back(&figure);
            p_values.push_back(figure.p_value);
        }
    }
    const auto adjusted = holm_adjusted(p_values);
    for (std::size_t i = 0; i < gated.size(); ++i)
        gated[i]->p_value = adjusted[i];
}

std::vector<RunFigures> figures_of_all(const std::vector<RunObservations>& runs,
                                       const std::vector<ComparedMetric>& metrics, std::uint64_t& seed) {
    std::vector<RunFigures> figures;
    figures.reserve(runs.size());
    for (const auto& run : runs)
        figures.push_back(figures_of(run, metrics, ++seed));
    return figures;
}

}  // namespace

RunComparison compare_runs(const std::vector<RunFigures>& baselines,
                           const std::vector<RunFigures>& candidates,
                           const std::vector<ComparedMetric>& metrics, const ComparisonOptions& options) {
    const Runs runs{baselines, candidates, metrics};
    RunComparison comparison;
    comparison.floor = options.floor;
    for (const auto& run : baselines)
        comparison.baselines.push_back(run.label);
    for (const auto& run : candidates)
        comparison.candidates.push_back(run.label);
    for (const auto& group : groups_of(runs)) {
        for (std::size_t metric = 0; metric < metrics.size(); ++metric) {
            if (!is_measured(runs, group, metric)) continue;
            auto row = row_of(runs, group, metric);
            row.gated = std::ranges::find(options.gate, row.metric) != options.gate.end();
            comparison.rows.push_back(std::move(row));
        }
    }
    correct_gated(comparison.rows);
    for (auto& row : comparison.rows) {
        for (auto& figure : row.figures) {
            if (figure.change) figure.verdict = judge_change(*figure.change, figure.p_value, options.floor);
        }
    }
    return comparison;
}

RunComparison compare_runs(const std::vector<RunObservations>& baselines,
                           const std::vector<RunObservations>& candidates,
                           const std::vector<ComparedMetric>& metrics, const ComparisonOptions& options) {
    auto seed = options.seed;
    const auto base = figures_of_all(baselines, metrics, seed);
    return compare_runs(base, figures_of_all(candidates, metrics, seed), metrics, options);
}

}  // namespace streamgauge::report
