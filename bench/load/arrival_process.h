#pragma once

#include "bench/load/random.h"
#include "scenarios/scenario.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace streamgauge::load {

/// The schedule of one open-loop phase: when each request is due, counted from the phase's start.
///
/// The schedule belongs to the run, not to a worker: worker w of W walks all of it and takes the arrivals
/// whose index modulo W is w. So it depends on the seed alone. It does not drift: every moment is computed
/// from the number of arrivals before it, never from the moment of the last one.
///
/// Constant arrivals: arrival n is due when the integral of the rate reaches n, the first at 0. Poisson
/// arrivals: it is due when the integral reaches the sum of n + 1 exponential gaps of mean 1 (time rescaling
/// of a non-homogeneous Poisson process; Cinlar 1975).
class ArrivalProcess {
  public:
    ArrivalProcess(const scenarios::OpenLoop& shape, std::chrono::nanoseconds duration, std::uint64_t seed);

    /// When the next request is due, in [0, duration), ascending. Empty once the phase is over.
    std::optional<std::chrono::nanoseconds> next();

    /// How many arrivals next() has given.
    std::uint64_t count() const { return count_; }

  private:
    scenarios::Ramp rate_;
    scenarios::Arrivals arrivals_;
    std::chrono::nanoseconds duration_;
    RandomStream random_;
    double cumulated_gaps_ = 0;
    std::uint64_t count_ = 0;
};

/// Arrivals expected up to `elapsed`: the integral of the rate.
double expected_arrivals(const scenarios::Ramp& rate, std::chrono::nanoseconds elapsed);

}  // namespace streamgauge::load
