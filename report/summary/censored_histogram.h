#pragma once

#include "report/model/histogram.h"
#include "report/summary/metric.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace streamgauge::report {

/// Durations, and how many more were cut before they were complete. Those rank above every value: a
/// percentile that falls among them is only known to be more than `cut_after`.
struct CensoredHistogram {
    Histogram values;
    std::uint64_t censored = 0;
    std::optional<std::chrono::nanoseconds> cut_after;  ///< the shortest wait of a censored request

    explicit CensoredHistogram(double relative_error) : values(relative_error) {}

    void record(const Sample& sample) {
        if (sample.kind == Sample::Kind::measured) values.record(sample.value);
        if (sample.kind == Sample::Kind::censored) {
            ++censored;
            cut_after = std::min(cut_after.value_or(sample.value), sample.value);
        }
    }

    void merge(const CensoredHistogram& other) {
        values.merge(other.values);
        censored += other.censored;
        if (other.cut_after) cut_after = std::min(cut_after.value_or(*other.cut_after), *other.cut_after);
    }

    std::uint64_t size() const { return values.count() + censored; }

    /// Value of the `rank`th smallest, counted from 1; empty when it is a censored one or none.
    std::optional<std::chrono::nanoseconds> at_rank(std::uint64_t rank) const {
        if (rank == 0 || rank > values.count()) return std::nullopt;
        return values.value_at_rank(rank);
    }
};

}  // namespace streamgauge::report
