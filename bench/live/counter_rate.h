#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace streamgauge::live {

/// The rate at which a counter grew over the last `span` of time. The counter starts at 0 with the run, so
/// that the first sample has a rate too.
class CounterRate {
  public:
    explicit CounterRate(std::chrono::nanoseconds span) : span_(span) {}

    /// Takes the counter's value at `elapsed`, from the start of the run (ascending from call to call), and
    /// gives its growth per second since the sample `span` ago, or since the oldest; 0 where no time passed.
    double sample(std::chrono::nanoseconds elapsed, std::uint64_t total);

  private:
    struct Sample {
        std::chrono::nanoseconds elapsed{0};
        std::uint64_t total = 0;
    };
    std::chrono::nanoseconds span_;
    std::deque<Sample> samples_{Sample{}};
};

}  // namespace streamgauge::live
