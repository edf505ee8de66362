#pragma once

#include "report/comparison/run_figures.h"
#include "report/summary/run_comparison.h"
#include "scenarios/scenario.h"

#include <cstdint>
#include <string>
#include <vector>

namespace streamgauge::report {

struct ComparisonOptions {
    std::vector<std::string> gate = scenarios::Baseline{}.gate;
    ChangeFloor floor;
    std::uint64_t seed = 1;
};

/// Compares each candidate with all baselines together, per target, measured phase and metric. Holm's
/// correction goes over all gated figures, so that equal runs are called a regression in at most 5 % of the
/// invocations. The other figures are for information; their verdicts are not corrected. `metrics` are those
/// the figures were made for. `baselines` is not empty.
RunComparison compare_runs(const std::vector<RunFigures>& baselines,
                           const std::vector<RunFigures>& candidates,
                           const std::vector<ComparedMetric>& metrics, const ComparisonOptions& options);

/// The same from observations. Every run draws resamples of its own, by `options.seed` and its number.
RunComparison compare_runs(const std::vector<RunObservations>& baselines,
                           const std::vector<RunObservations>& candidates,
                           const std::vector<ComparedMetric>& metrics, const ComparisonOptions& options);

}  // namespace streamgauge::report
