#include "report/comparison/comparison.h"

#include "report/stats/holm.h"

#include <fmt/format.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using Key = RunObservations::Key;

FigureOrReason figure_of(const RunObservations& run, const Key& group,
                         const std::vector<ComparedMetric>& metrics, std::size_t metric, std::uint64_t seed) {
    const auto* observations = run.find(group);
    if (observations == nullptr) return {std::nullopt, "no requests"};
    return observations->figure(metrics, metric, seed);
}

ComparedFigure compare(const std::vector<RunFigure>& base, const std::string& base_reason,
                       const FigureOrReason& candidate) {
    ComparedFigure compared;
    if (candidate.figure) compared.value = candidate.figure->value;
    if (!base_reason.empty()) {
        compared.reason = "baseline: " + base_reason;
    } else if (!candidate.figure) {
        compared.reason = candidate.reason;
    } else {
        compared.change = compare_figures(base, *candidate.figure);
        if (!compared.change) compared.reason = "baseline: it falls among requests that timed out";
    }
    if (compared.change) compared.p_value = compared.change->p_value;
    return compared;
}

struct Runs {
    const std::vector<RunObservations>& baselines;
    const std::vector<RunObservations>& candidates;
    const std::vector<ComparedMetric>& metrics;
};

bool is_measured(const Runs& runs, const Key& group, std::size_t metric) {
    const auto measures = [&](const RunObservations& run) {
        const auto* observations = run.find(group);
        return observations != nullptr && observations->has(metric);
    };
    return std::ranges::any_of(runs.baselines, measures) || std::ranges::any_of(runs.candidates, measures);
}

ComparedRow row_of(const Runs& runs, const Key& group, std::size_t metric, std::uint64_t seed) {
    const auto& compared = runs.metrics[metric];
    ComparedRow row;
    row.target = group.first;
    row.phase = group.second;
    row.metric = compared.name;
    row.is_share = compared.is_share();
    std::vector<RunFigure> base;
    std::string reason;
    for (const auto& run : runs.baselines) {
        const auto figure = figure_of(run, group, runs.metrics, metric, ++seed);
        if (!figure.figure) reason = figure.reason;
        if (figure.figure) base.push_back(*figure.figure);
    }
    if (!base.empty()) row.base = base.front().value;
    for (const auto& run : runs.candidates) {
        row.figures.push_back(compare(base, reason, figure_of(run, group, runs.metrics, metric, ++seed)));
        if (const auto& change = row.figures.back().change) row.base = change->base;
    }
    return row;
}

/// The groups of all runs, those of the first one first.
std::vector<Key> groups_of(const Runs& runs) {
    std::vector<Key> groups;
    for (const auto* some : {&runs.baselines, &runs.candidates}) {
        for (const auto& run : *some) {
            for (const auto& group : run.groups()) {
                if (std::ranges::find(groups, group) == groups.end()) groups.push_back(group);
            }
        }
    }
    return groups;
}

void correct_gated(std::vector<ComparedRow>& rows) {
    std::vector<ComparedFigure*> gated;
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

template <typename Holds>
bool any_gated(const std::vector<ComparedRow>& rows, Holds holds) {
    for (const auto& row : rows) {
        if (row.gated && std::ranges::any_of(row.figures, holds)) return true;
    }
    return false;
}

}  // namespace

bool Comparison::regressed() const {
    return any_gated(rows, [](const ComparedFigure& f) { return f.verdict.kind == ChangeKind::worse; });
}

bool Comparison::undecided() const {
    return std::ranges::none_of(rows, &ComparedRow::gated) ||
           any_gated(rows, [](const ComparedFigure& f) { return f.verdict.kind == ChangeKind::undecided; });
}

Comparison compare_runs(const std::vector<RunObservations>& baselines,
                        const std::vector<RunObservations>& candidates,
                        const std::vector<ComparedMetric>& metrics, const ComparisonOptions& options) {
    const Runs runs{baselines, candidates, metrics};
    Comparison comparison;
    for (const auto& run : baselines)
        comparison.baselines.push_back(run.label());
    for (const auto& run : candidates)
        comparison.candidates.push_back(run.label());
    for (const auto& group : groups_of(runs)) {
        for (std::size_t metric = 0; metric < metrics.size(); ++metric) {
            if (!is_measured(runs, group, metric)) continue;
            auto row = row_of(runs, group, metric, options.seed);
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

}  // namespace streamgauge::report
