#pragma once

#include "report/stats/run_figure.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace streamgauge::report {

/// Fewest baseline runs that show how much runs differ among themselves.
inline constexpr std::size_t runs_for_prediction = 3;

/// How one figure of a candidate run differs from the same figure of its baselines. A relative change is in
/// shares of the baseline (0.1: a tenth more), a change of shares is their difference.
struct Change {
    FigureScale scale = FigureScale::ratio;
    double base = 0, candidate = 0;        ///< in the figures' unit; `base` is the mean on the scale
    double change = 0, low = 0, high = 0;  ///< with 95 % bounds
    double p_value = 1;                    ///< two-sided, of no change
    std::size_t samples = 0;               ///< of the candidate
    bool within_run = true;  ///< what differs from run to run is not known, only what varies within one
    bool beyond = false;  ///< the candidate's quantile falls among censored requests, the baselines' do not
};

/// With three baselines or more: the prediction interval of one more run, by Student's t with n - 1 degrees
/// of freedom and the n + 1 form s * sqrt(1 + 1 / n) (Hahn and Meeker, Statistical Intervals, 4.7), over the
/// figures of whole runs, so that it covers what differs from run to run. A candidate that varies more within
/// itself than the baselines do, being shorter, adds the difference. With fewer: Welch's t (1947) from the
/// variances within the runs, which knows nothing of that. All figures are of one scale; `baselines` is not
/// empty. Empty when a baseline's quantile falls among censored requests.
std::optional<Change> compare_figures(std::span<const RunFigure> baselines, const RunFigure& candidate);

/// What a change must at least be to matter.
struct ChangeFloor {
    double relative = 0.05;
    double nanoseconds = 2e6;
    double share = 0.005;  ///< of shares, where it stands for `nanoseconds`; half of an `errors < 1%`
};

enum class ChangeKind : std::uint8_t {
    better,
    worse,
    same,       ///< whatever changed is smaller than the floor
    undecided,  ///< the runs are too short, or vary too much, to tell
};

constexpr std::string_view to_string(ChangeKind kind) {
    constexpr std::string_view names[]{"better", "worse", "same", "undecided"};
    return names[static_cast<std::size_t>(kind)];
}

struct ChangeVerdict {
    ChangeKind kind = ChangeKind::undecided;
    /// Of an undecided change within runs: about how many more requests each run would need. Empty where more
    /// requests would not help.
    std::optional<std::uint64_t> more_requests;
};

/// Significant (`p_value`, adjusted for the other tests, at most 0.05) and at least as large as both floors:
/// better or worse. Wholly inside the floors by its interval: the same. Else undecided. Lower is better.
ChangeVerdict judge_change(const Change& change, double p_value, const ChangeFloor& floor);

}  // namespace streamgauge::report
