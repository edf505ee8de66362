#pragma once

#include "report/summary/censored_histogram.h"
#include "report/summary/summary.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace streamgauge::report {

/// One metric of one target in one phase: all of it to 0.1 %, and the same to 1 % by blocks of time, from
/// which intervals are resampled.
class MetricSeries {
  public:
    /// `blocks` is how many blocks the phase is cut into, at least 1.
    explicit MetricSeries(std::size_t blocks) : blocks_(blocks, CensoredHistogram(0.01)) {}

    void record(std::size_t block, const Sample& sample);
    void record_values(std::size_t block, const Histogram& values);  ///< `values` has 0.1 % relative error
    void merge(const MetricSeries& other);

    const CensoredHistogram& whole() const { return whole_; }
    const std::vector<CensoredHistogram>& blocks() const { return blocks_; }

  private:
    CensoredHistogram whole_{0.001};
    std::vector<CensoredHistogram> blocks_;
};

/// Percentiles, extremes and moments of `all`, without intervals, curve and bars.
MetricSummary summarize_values(const CensoredHistogram& all);

/// Percentiles, intervals and the percentile curve of one metric over the phases given, taken together. The
/// intervals are a function of `seed`.
MetricSummary summarize_metric(std::span<const MetricSeries* const> phases, std::uint64_t seed);

}  // namespace streamgauge::report
