#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace streamgauge::live {

/// What a progress line shows.
struct ProgressFigures {
    std::chrono::nanoseconds elapsed{0};
    std::chrono::nanoseconds total{0};  ///< of all phases, without the drain
    std::string phase;                  ///< a name from the scenario, or "draining"
    std::uint64_t streams_open = 0;
    std::uint64_t requests_done = 0;
    std::uint64_t errors = 0;
    double tokens_per_second = 0;
    std::optional<std::chrono::nanoseconds> ttft_p95;  ///< of lately; empty while none is known
};

/// One line without its end, at most `width` columns. Where space is short the less telling figures go first.
/// Control characters are shown as `?`.
///
///     0:12/1:05  steady  812 open  4,210 done  3 errors  ttft p95 312ms  48,120 tokens/s
std::string format_progress(const ProgressFigures& figures, unsigned width);

/// `4210` as `4,210`.
std::string with_thousands(std::uint64_t value);

/// `0:07`, `12:05`, `1:02:03`.
std::string format_clock(std::chrono::nanoseconds value);

}  // namespace streamgauge::live
