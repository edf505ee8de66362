#include "report/model/histogram.h"

#include "report/model/nearest_rank.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace streamgauge::report {

namespace {

constexpr unsigned lowest_octave = 9;                    // 2^9 ns is the power of two below 1 us
constexpr std::uint64_t lowest_ns = 1'000;               // 1 us
constexpr std::uint64_t highest_ns = 3'600'000'000'000;  // 1 h
constexpr std::uint64_t highest_summed_ns = 1ULL << 50;  // 13 days: sums of squares stay within 128 bits
constexpr std::uint32_t zero_bin = 0, below_bin = 1, first_bin = 2;
constexpr std::size_t group_size = 16;
constexpr std::uint64_t low_half = 0xffff'ffff;

unsigned part_bits_for(double relative_error) {
    unsigned bits = 1;
    while (bits < 13 && 0.5 / static_cast<double>(1U << bits) > relative_error)
        ++bits;
    return bits;
}

}  // namespace

Histogram::Histogram(double relative_error)
    : relative_error_(relative_error), part_bits_(part_bits_for(relative_error)) {
    assert(relative_error >= 0.0001 && relative_error <= 0.25);
}

std::uint32_t Histogram::slot_of(std::uint64_t ns) const {
    const unsigned exponent = static_cast<unsigned>(std::bit_width(ns)) - 1;
    const std::uint64_t above = ns - (std::uint64_t{1} << exponent);
    // An octave of fewer nanoseconds than parts has one part for each nanosecond.
    const unsigned shift = exponent > part_bits_ ? exponent - part_bits_ : 0;
    return ((exponent - lowest_octave) << part_bits_) + static_cast<std::uint32_t>(above >> shift);
}

std::uint32_t* Histogram::counts_of_group(std::size_t group) {
    if (group >= groups_.size()) groups_.resize(group + 1);
    auto& number = groups_[group];
    if (number == 0) {
        // By a quarter, not twice: there are many histograms, and most are small.
        if (counts_.size() == counts_.capacity())
            counts_.reserve(counts_.size() + std::max(group_size, counts_.size() / 4));
        counts_.resize(counts_.size() + group_size);
        number = static_cast<std::uint16_t>(counts_.size() / group_size);
    }
    return &counts_[(number - std::size_t{1}) * group_size];
}

void Histogram::carry(std::uint32_t slot, std::uint64_t times) {
    for (auto& [of, before] : carries_) {
        if (of == slot) {
            before += times;
            return;
        }
    }
    carries_.emplace_back(slot, times);
}

void Histogram::add(std::uint32_t slot, std::uint64_t count) {
    auto& low = counts_of_group(slot / group_size)[slot % group_size];
    const std::uint64_t sum = low + (count & low_half);
    low = static_cast<std::uint32_t>(sum);
    if (const std::uint64_t times = (sum >> 32) + (count >> 32); times > 0) carry(slot, times);
}

template <typename Visit>
void Histogram::visit_slots(Visit visit) const {
    for (std::size_t group = 0; group < groups_.size(); ++group) {
        if (groups_[group] == 0) continue;
        const auto* counts = &counts_[(groups_[group] - std::size_t{1}) * group_size];
        for (std::size_t i = 0; i < group_size; ++i) {
            const auto slot = static_cast<std::uint32_t>(group * group_size + i);
            std::uint64_t count = counts[i];
            for (const auto& [of, times] : carries_)
                if (of == slot) count += times << 32;
            if (count > 0 && !visit(slot, count)) return;
        }
    }
}

void Histogram::record(std::chrono::nanoseconds value, std::uint64_t count) {
    if (count == 0) return;
    const std::int64_t ns = std::max<std::int64_t>(value.count(), 0);
    const auto magnitude = static_cast<std::uint64_t>(ns);
    if (magnitude >= lowest_ns) {
        add(slot_of(std::min(magnitude, highest_ns)), count);
    } else {
        (magnitude == 0 ? zeros_ : below_) += count;
    }
    min_ns_ = count_ == 0 ? ns : std::min(min_ns_, ns);
    max_ns_ = std::max(max_ns_, ns);
    count_ += count;
    const Wide summed = std::min(magnitude, highest_summed_ns);
    sum_ns_ += summed * count;
    sum_squares_ns2_ += summed * summed * count;
}

void Histogram::merge(const Histogram& other) {
    assert(part_bits_ == other.part_bits_);
    if (other.empty()) return;
    other.visit_slots([this](std::uint32_t slot, std::uint64_t count) {
        add(slot, count);
        return true;
    });
    zeros_ += other.zeros_;
    below_ += other.below_;
    min_ns_ = empty() ? other.min_ns_ : std::min(min_ns_, other.min_ns_);
    max_ns_ = std::max(max_ns_, other.max_ns_);
    count_ += other.count_;
    sum_ns_ += other.sum_ns_;
    sum_squares_ns2_ += other.sum_squares_ns2_;
}

std::chrono::nanoseconds Histogram::min() const {
    return std::chrono::nanoseconds{min_ns_};
}
std::chrono::nanoseconds Histogram::max() const {
    return std::chrono::nanoseconds{max_ns_};
}

double Histogram::mean_ns() const {
    return empty() ? 0.0 : static_cast<double>(sum_ns_) / static_cast<double>(count_);
}

double Histogram::stddev_ns() const {
    if (empty()) return 0.0;
    // long double keeps 64 bits, so that the small difference of two large squares survives.
    const auto n = static_cast<long double>(count_);
    const auto mean = static_cast<long double>(sum_ns_) / n;
    const auto variance = static_cast<long double>(sum_squares_ns2_) / n - mean * mean;
    return static_cast<double>(std::sqrt(std::max(variance, 0.0L)));
}

std::chrono::nanoseconds Histogram::quantile(double quantile) const {
    return value_at_rank(nearest_rank(quantile, count_));
}

std::chrono::nanoseconds Histogram::value_at_rank(std::uint64_t rank) const {
    assert(count_ > 0);
    rank = std::clamp<std::uint64_t>(rank, 1, count_);
    if (rank == 1) return min();
    if (rank == count_) return max();
    const auto clamped = [&](std::chrono::nanoseconds value) { return std::clamp(value, min(), max()); };
    std::uint64_t seen = zeros_;
    if (rank <= seen) return std::chrono::nanoseconds{0};
    seen += below_;
    if (rank <= seen) return clamped(bin_value(below_bin));
    std::chrono::nanoseconds value = max();
    visit_slots([&](std::uint32_t slot, std::uint64_t count) {
        seen += count;
        if (rank <= seen) value = clamped(bin_value(first_bin + slot));
        return rank > seen;
    });
    return value;
}

std::uint32_t Histogram::slot_of_bin(std::uint32_t bin) const {
    return std::min(bin - first_bin, slot_of(highest_ns));
}

std::chrono::nanoseconds Histogram::bin_value(std::uint32_t bin) const {
    if (bin == zero_bin) return std::chrono::nanoseconds{0};
    if (bin == below_bin) return std::chrono::nanoseconds{lowest_ns / 2};
    const std::uint32_t slot = slot_of_bin(bin);
    const unsigned exponent = (slot >> part_bits_) + lowest_octave;
    const std::uint64_t part = slot & ((1U << part_bits_) - 1);
    const unsigned shift = exponent > part_bits_ ? exponent - part_bits_ : 0;
    const std::uint64_t lower = (std::uint64_t{1} << exponent) + (part << shift);
    const std::uint64_t middle = lower + ((std::uint64_t{1} << shift) - 1) / 2;
    return std::chrono::nanoseconds{static_cast<std::int64_t>(middle)};
}

std::vector<std::pair<std::uint32_t, std::uint64_t>> Histogram::bins() const {
    std::vector<std::pair<std::uint32_t, std::uint64_t>> filled;
    if (zeros_ > 0) filled.emplace_back(zero_bin, zeros_);
    if (below_ > 0) filled.emplace_back(below_bin, below_);
    visit_slots([&filled](std::uint32_t slot, std::uint64_t count) {
        filled.emplace_back(first_bin + slot, count);
        return true;
    });
    return filled;
}

Histogram::Moments Histogram::moments() const {
    return {min_ns_, max_ns_, static_cast<double>(sum_ns_), static_cast<double>(sum_squares_ns2_)};
}

Histogram Histogram::restore(double relative_error,
                             const std::vector<std::pair<std::uint32_t, std::uint64_t>>& bins,
                             const Moments& moments) {
    Histogram restored(relative_error);
    for (const auto& [bin, count] : bins) {
        if (bin == zero_bin) {
            restored.zeros_ += count;
        } else if (bin == below_bin) {
            restored.below_ += count;
        } else {
            restored.add(restored.slot_of_bin(bin), count);
        }
        restored.count_ += count;
    }
    // A file may say anything; only what a sum can be is taken from it.
    const auto whole = [](double value) {
        return value > 0 && value < 0x1p127 ? static_cast<Wide>(value) : Wide{0};
    };
    restored.min_ns_ = std::max<std::int64_t>(moments.min_ns, 0);
    restored.max_ns_ = std::max(moments.max_ns, restored.min_ns_);
    restored.sum_ns_ = whole(moments.sum_ns);
    restored.sum_squares_ns2_ = whole(moments.sum_squares_ns2);
    return restored;
}

}  // namespace streamgauge::report
