#pragma once

/// What the program's exit status means. A run that a signal ended exits with 128 + the signal's number.
/// Where several apply: the signal's, then 4, 3, 1, 0.
namespace streamgauge::cli::exit_code {
inline constexpr int success = 0;  ///< every expectation met
/// An expectation failed, a gated figure is worse than the baseline, or `abort_when` ended the run.
inline constexpr int failed = 1;
inline constexpr int usage = 2;  ///< wrong arguments, or a scenario or run folder that cannot be used
inline constexpr int not_measurable = 3;  ///< the rig broke, not the target
inline constexpr int internal = 4;
}  // namespace streamgauge::cli::exit_code
