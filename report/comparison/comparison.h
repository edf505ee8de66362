#pragma once

#include "report/comparison/run_observations.h"
#include "report/stats/change.h"

#include <optional>
#include <string>
#include <vector>

namespace streamgauge::report {

/// One figure of one candidate beside the baseline's.
struct ComparedFigure {
    std::optional<double> value;   ///< of the candidate, in nanoseconds or as a share; infinite: above what
                                   ///< timeouts let one see
    std::optional<Change> change;  ///< empty where one of the runs has no such figure
    double p_value = 1;            ///< of a gated figure, after Holm's correction over all gated ones
    ChangeVerdict verdict;
    std::string reason;  ///< why there is no change
};

/// One figure of a target in a phase over all runs.
struct ComparedRow {
    std::string target, phase, metric;
    bool is_share = false;
    bool gated = false;
    std::optional<double> base;           ///< of several baselines, their mean
    std::vector<ComparedFigure> figures;  ///< one a candidate
};

/// What changed from one or several baseline runs to one or several candidates.
struct Comparison {
    std::vector<std::string> baselines, candidates;  ///< the runs' labels
    std::vector<ComparedRow> rows;                   ///< only those that some run has a figure for
    std::vector<std::string> notes;                  ///< one sentence each

    /// A gated figure is worse.
    bool regressed() const;
    /// A gated figure is undecided, or there is none.
    bool undecided() const;
};

struct ComparisonOptions {
    std::vector<std::string> gate{std::begin(usual_gate), std::end(usual_gate)};
    ChangeFloor floor;
    std::uint64_t seed = 1;
};

/// Compares each candidate with all baselines together, per target, measured phase and metric. Holm's
/// correction goes over all gated figures, so that equal runs are called a regression in at most 5 % of the
/// invocations. The other figures are for information; their verdicts are not corrected. `metrics` are those
/// the observations were collected for. `baselines` is not empty.
Comparison compare_runs(const std::vector<RunObservations>& baselines,
                        const std::vector<RunObservations>& candidates,
                        const std::vector<ComparedMetric>& metrics, const ComparisonOptions& options);

}  // namespace streamgauge::report
