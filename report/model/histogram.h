#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace streamgauge::report {

/// Counts durations in logarithmic bins from 1 us to 1 h with at most `relative_error` between a recorded
/// value and the value read back, and an explicit bin for zero (anything below 1 us counts as its own first
/// bin, exactly zero as zero). Values above 1 h land in the last bin; `max` stays exact. Merging is
/// associative and commutative, to the bit.
///
/// The bins are those of HdrHistogram: each power of two is cut into equally many equal parts, so that a bin
/// is found by a shift instead of a logarithm. Counts are kept only where something was recorded, so a
/// histogram takes little more than 4 bytes for each bin in use; an empty one owns no memory.
class Histogram {
  public:
    /// `relative_error` is in 0.0001..0.25; half a bin is at most this share of its lower edge.
    explicit Histogram(double relative_error = 0.001);

    void record(std::chrono::nanoseconds value, std::uint64_t count = 1);
    void merge(const Histogram& other);  ///< both must have the same relative error

    std::uint64_t count() const { return count_; }
    bool empty() const { return count_ == 0; }
    /// Exact; 0 while empty.
    std::chrono::nanoseconds min() const;
    /// Exact; 0 while empty.
    std::chrono::nanoseconds max() const;
    double mean_ns() const;    ///< 0 while empty
    double stddev_ns() const;  ///< of the values recorded (divides by their number); 0 while empty
    /// Value at `quantile` in 0..1 (nearest rank, clamped to min..max). Requires count() > 0.
    std::chrono::nanoseconds quantile(double quantile) const;
    /// Value of the `rank`th smallest, counted from 1 to count(), clamped to min..max. Requires count() > 0.
    std::chrono::nanoseconds value_at_rank(std::uint64_t rank) const;
    double relative_error() const { return relative_error_; }

    /// The filled bins as (bin number, count), ascending; with min, max, sum and sum of squares it is the
    /// whole state.
    std::vector<std::pair<std::uint32_t, std::uint64_t>> bins() const;
    /// What a value in `bin` is read back as: the middle of the bin.
    std::chrono::nanoseconds bin_value(std::uint32_t bin) const;
    struct Moments {
        std::int64_t min_ns, max_ns;
        double sum_ns, sum_squares_ns2;
    };
    Moments moments() const;
    /// The histogram that `bins()` and `moments()` were taken from. Bins outside the range go to the last
    /// one.
    static Histogram restore(double relative_error,
                             const std::vector<std::pair<std::uint32_t, std::uint64_t>>& bins,
                             const Moments& moments);

  private:
    /// Whole numbers, because floating-point sums depend on the order in which they are added.
    __extension__ using Wide = unsigned __int128;

    /// Bins of values from 512 ns up are slots, counted from 0.
    std::uint32_t slot_of(std::uint64_t ns) const;
    std::uint32_t slot_of_bin(std::uint32_t bin) const;
    std::uint32_t* counts_of_group(std::size_t group);
    void add(std::uint32_t slot, std::uint64_t count);
    void carry(std::uint32_t slot, std::uint64_t times);
    /// Calls `visit(slot, count)` for each filled one, ascending, until it returns false.
    template <typename Visit>
    void visit_slots(Visit visit) const;

    double relative_error_;
    unsigned part_bits_;                   ///< an octave is cut into 2^part_bits_ parts
    std::uint64_t zeros_ = 0, below_ = 0;  ///< exactly zero; above zero and below 1 us
    /// By 16 neighbouring slots: where in counts_ theirs are, in groups of 16 from 1 on; 0: nowhere yet.
    std::vector<std::uint16_t> groups_;
    std::vector<std::uint32_t> counts_;
    /// Slots whose count has passed 2^32, and how many times.
    std::vector<std::pair<std::uint32_t, std::uint64_t>> carries_;
    std::uint64_t count_ = 0;
    std::int64_t min_ns_ = 0, max_ns_ = 0;
    Wide sum_ns_ = 0, sum_squares_ns2_ = 0;
};

}  // namespace streamgauge::report
