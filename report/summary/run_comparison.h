#pragma once

#include "report/stats/change.h"
#include "scenarios/diagnostic.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::report {

/// One figure of one candidate run beside the baselines'.
struct RunDifference {
    std::optional<double> value;   ///< of the candidate, in nanoseconds or as a share; infinite: above what
                                   ///< timeouts let one see
    std::optional<Change> change;  ///< empty where one of the runs gives no interval
    std::optional<double> bare_change;  ///< where `change` is empty: from the bare figures, without interval
    double p_value = 1;                 ///< of a gated figure, after Holm's correction over all gated ones
    ChangeVerdict verdict;
    std::string reason;  ///< why `change` is empty

    /// By how much the figure changed, as in Change::change; empty where one of the runs has none.
    std::optional<double> size() const;
    /// Whether both runs have the figure; else there is no verdict, only the reason.
    bool is_compared() const { return size().has_value(); }
};

/// One figure of a target in a phase over all runs.
struct RunComparisonRow {
    std::string target, phase, metric;
    bool is_share = false;
    bool gated = false;
    std::optional<double> base;          ///< of several baselines, their mean
    std::vector<RunDifference> figures;  ///< one a candidate
};

/// What changed from one or several baseline runs to one or several candidates.
struct RunComparison {
    std::vector<std::string> baselines, candidates;  ///< the runs' labels
    ChangeFloor floor;                               ///< what a change had to be to count
    std::vector<RunComparisonRow> rows;              ///< only those that some run has a figure for
    std::vector<std::string> notes;                  ///< one sentence each
    scenarios::SourcePosition where;  ///< of `baseline` in the scenario; no line where it asks for none

    /// Gated figures of all candidates with this verdict.
    std::size_t count(ChangeKind kind) const;
    /// Gated figures of all candidates.
    std::size_t gated() const;
    /// A gated figure is worse.
    bool regressed() const { return count(ChangeKind::worse) > 0; }
    /// A gated figure is undecided, or there is none.
    bool undecided() const { return gated() == 0 || count(ChangeKind::undecided) > 0; }
    /// What differs from run to run is not known, as it is from three baselines on.
    bool within_run() const;
};

/// A gated figure that got worse.
struct Regression {
    const RunComparisonRow* row = nullptr;
    const RunDifference* figure = nullptr;
};
/// The one that chance explains least; empty when nothing regressed.
std::optional<Regression> worst_regression(const RunComparison& comparison);

// In words. A figure: `812ms`, `0.42 %`, `timed out`, `-`.
std::string figure_text(const std::optional<double>& value, bool is_share);
/// `+12.3 %`; of shares, in points of a hundred, `+0.42 points`; `above` of what timed out.
std::string change_text(double change, bool is_share);
/// `+8.1 % .. +16.0 %`; empty without an interval.
std::string interval_text(const RunDifference& figure, bool is_share);
/// `212ms to 251ms, +18.3 % (95 % interval +12.1 % .. +24.9 %)`, as much of it as is known.
std::string difference_text(const RunComparisonRow& row, const RunDifference& figure);
/// `ttft.p95 on gateway in steady`.
std::string subject_of(const RunComparisonRow& row);
/// Why a figure is undecided or not compared, and what would help: `the phase is too short: 3 blocks of 1s,
/// 10 needed`, `about 1200 more requests in each run would tell`; empty for other verdicts.
std::string open_question(const RunDifference& figure);

}  // namespace streamgauge::report
