#pragma once

#include "bench/simulator/random.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace streamgauge::simulator {

/// A distribution of durations. Samples lie in [0, 1 h].
class Distribution {
  public:
    /// Always `value`.
    static Distribution constant(std::chrono::nanoseconds value);

    /// Parses `200ms`, `uniform(100ms,300ms)`, `normal(20ms,5ms)`, `lognormal(median=20ms,p95=60ms)` or
    /// `exponential(20ms)`. Empty when it does not parse or makes no sense (low above high, p95 below the
    /// median).
    static std::optional<Distribution> parse(std::string_view text);

    /// One sample.
    std::chrono::nanoseconds sample(Random& random) const;

    bool operator==(const Distribution&) const = default;

  private:
    enum class Kind { constant, uniform, normal, lognormal, exponential };
    Distribution(Kind kind, double first_ns, double second_ns);
    static std::optional<Distribution> parse_call(std::string_view name, std::string_view arguments);

    Kind kind_;
    double first_ns_;   ///< value, low, mean, median, mean
    double second_ns_;  ///< -, high, standard deviation, p95, -
};

}  // namespace streamgauge::simulator
