#pragma once

#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

namespace streamgauge::report {

/// Counts durations in logarithmic bins from 1 us to 1 h with at most `relative_error` between a recorded
/// value and the value read back, and an explicit bin for zero (anything below 1 us counts as its own first
/// bin, exactly zero as zero). Values above 1 h land in the last bin; `max` stays exact. Merging is
/// associative and commutative.
class Histogram {
  public:
    explicit Histogram(double relative_error = 0.001);

    void record(std::chrono::nanoseconds value, std::uint64_t count = 1);
    void merge(const Histogram& other);  ///< both must have the same relative error

    std::uint64_t count() const;
    bool empty() const { return count() == 0; }
    std::chrono::nanoseconds min() const;
    std::chrono::nanoseconds max() const;
    double mean_ns() const;
    double stddev_ns() const;
    /// Value at `quantile` in 0..1 (nearest rank, clamped to min..max). Requires count() > 0.
    std::chrono::nanoseconds quantile(double quantile) const;
    double relative_error() const;

    /// The filled bins as (bin number, count), ascending; with min, max, sum and sum of squares it is the
    /// whole state.
    std::vector<std::pair<std::uint32_t, std::uint64_t>> bins() const;
    struct Moments {
        std::int64_t min_ns, max_ns;
        double sum_ns, sum_squares_ns2;
    };
    Moments moments() const;
    static Histogram restore(double relative_error,
                             const std::vector<std::pair<std::uint32_t, std::uint64_t>>& bins,
                             const Moments& moments);

  private:
    double relative_error_;
    double bins_per_log_;
    std::vector<std::uint64_t> counts_;
    std::uint64_t count_ = 0;
    Moments moments_{};
};

}  // namespace streamgauge::report
