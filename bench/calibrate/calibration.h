#pragma once

#include "bench/calibrate/stamp_error.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::calibrate {

/// One load to measure.
struct CalibrationStep {
    std::uint64_t streams = 0;  ///< open at once
    double tokens_per_second = 0;
};

/// What this client measured at one load.
struct CalibrationRow {
    CalibrationStep step;
    double tokens_per_second = 0;  ///< that came
    ErrorFigures ttft, ttft_user, tokens;
    nanoseconds client_lag_p99{0};  ///< user stamp - kernel stamp, per socket read
    nanoseconds send_lag_p99{0};
    double client_cores = 0;     ///< processor time over wall time, all workers
    double server_cores = 0;     ///< the same of the simulated server
    double server_limit = 1;     ///< cores the simulated server has
    double uncertain_share = 0;  ///< of tokens: those whose time the client cannot tell
    std::uint64_t failed = 0;    ///< streams that did not complete

    /// Why the figures of this load are not to be trusted; empty when they are.
    std::string fault() const;
};

struct CalibrationOptions {
    std::filesystem::path program;        ///< started as `program serve`
    nanoseconds window{0};                ///< measured per load, once all streams are open
    std::uint64_t most_streams = 5'000;   ///< open at once
    double most_tokens_per_second = 1e6;  ///< no load beyond it is tried
};

/// Loads to try, rising from 1,000 tokens/s in steps of 1, 2, 3, 5, 7 times a power of ten; ten tokens a
/// second and stream until `most_streams` are open, then more from each.
std::vector<CalibrationStep> calibration_steps(const CalibrationOptions& options);

/// The scenario that makes this load against the simulated server at `port`: streams of about two seconds,
/// users arriving over `ramp`.
std::string step_scenario(const CalibrationStep& step, std::uint16_t port, nanoseconds ramp,
                          nanoseconds window);

/// Drives a simulated server in a process of its own at rising load and compares each arrival with its send
/// stamp, until the figures are no longer to be trusted. A load that fails is tried twice more, as a busy
/// neighbour may have been the reason. Calls `on_row` for each load. Throws std::runtime_error when the
/// server does not start.
void calibrate(const CalibrationOptions& options, const std::function<void(const CalibrationRow&)>& on_row);

}  // namespace streamgauge::calibrate
