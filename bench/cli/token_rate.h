#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace streamgauge::cli {

/// The rate at which a counter grew over the last `span` of time.
class TokenRate {
  public:
    explicit TokenRate(std::chrono::nanoseconds span) : span_(span) {}

    /// Takes the counter's value at `elapsed` (ascending from call to call) and gives its growth per second
    /// since the sample `span` ago, or since the oldest; 0 at the first sample.
    double sample(std::chrono::nanoseconds elapsed, std::uint64_t total);

  private:
    struct Sample {
        std::chrono::nanoseconds elapsed;
        std::uint64_t total;
    };
    std::chrono::nanoseconds span_;
    std::deque<Sample> samples_;
};

}  // namespace streamgauge::cli
