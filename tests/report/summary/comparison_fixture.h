#pragma once

#include "report/summary/run_comparison.h"

#include <string>

namespace streamgauge::report::testing {

/// A gated figure of `gateway` in `steady` that went from `base` to `value` by a change of so much, give or
/// take `reach`.
inline RunComparisonRow compared_row(const std::string& metric, double base, double value, double reach,
                                     ChangeKind kind) {
    RunComparisonRow row;
    row.target = "gateway";
    row.phase = "steady";
    row.metric = metric;
    row.is_share = metric == "errors";
    row.gated = true;
    row.base = base;
    const double size = row.is_share ? value - base : value / base - 1;
    RunDifference figure;
    figure.value = value;
    figure.change = Change{.scale = row.is_share ? FigureScale::share : FigureScale::ratio,
                           .base = base,
                           .candidate = value,
                           .change = size,
                           .low = size - reach,
                           .high = size + reach,
                           .p_value = kind == ChangeKind::worse ? 0.001 : 0.4};
    figure.p_value = figure.change->p_value;
    figure.verdict.kind = kind;
    row.figures = {figure};
    return row;
}

/// A gated figure of too short a run.
inline RunComparisonRow bare_row(const std::string& metric, double base, double value) {
    auto row = compared_row(metric, base, value, 0, ChangeKind::undecided);
    auto& figure = row.figures.front();
    figure.bare_change = figure.change->change;
    figure.change.reset();
    figure.p_value = 1;
    figure.reason = "the phase is too short: 3 blocks of 1s, 10 needed";
    return row;
}

/// One figure of each verdict, and one that no gate looks at.
inline RunComparison comparison_fixture() {
    RunComparison comparison;
    comparison.baselines = {"runs/1", "runs/2"};
    comparison.candidates = {"runs/new"};
    comparison.where = {"ci/chat.yaml", 20, 1};
    auto undecided = compared_row("tpot.p95", 20e6, 21e6, 0.1, ChangeKind::undecided);
    undecided.figures.front().verdict.more_requests = 1200;
    auto shown = compared_row("e2e.p95", 2e9, 2.6e9, 0.05, ChangeKind::worse);
    shown.gated = false;
    comparison.rows = {compared_row("ttft.p95", 200e6, 250e6, 0.06, ChangeKind::worse),
                       undecided,
                       compared_row("errors", 0.004, 0.005, 0.002, ChangeKind::same),
                       compared_row("ttft.p50", 100e6, 80e6, 0.05, ChangeKind::better),
                       bare_row("max_gap.p95", 300e6, 330e6),
                       shown};
    comparison.notes = {"runs/2: 3 damaged rows are left out."};
    return comparison;
}

}  // namespace streamgauge::report::testing
