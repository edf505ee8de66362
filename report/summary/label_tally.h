#pragma once

#include "report/summary/metric.h"
#include "report/summary/metric_series.h"
#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"
#include "scenarios/scenario.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {

/// The requests of the measured phases by what the labels of their responses said. What a run tells apart is
/// chosen before (LabelRegistry); should more values come, as from rows that were written by someone else,
/// they count as `(other)`. Up to then adding and merging in any order gives the same.
class LabelTally {
  public:
    /// `blocks` are those of time that each phase is cut into, by phase. Without labels the tally stays
    /// empty.
    LabelTally(const scenarios::Scenario& scenario, std::vector<std::size_t> blocks);

    /// `block` is that of the request's phase in which it was due.
    void add(const RequestMetrics& request, std::size_t block);
    void merge(const LabelTally& other);

    /// Fills `into.labels`. `seed` makes the intervals repeatable.
    void summarize(Summary& into, std::uint64_t seed) const;

  private:
    static constexpr std::array timed{Metric::ttft, Metric::tpot, Metric::e2e};

    struct Bucket {
        std::uint64_t due = 0, errors = 0;
        std::map<std::uint32_t, std::vector<MetricSeries>> phases;  ///< by phase, then as in `timed`
    };
    using Buckets = std::map<std::string, Bucket, std::less<>>;  ///< by value

    static Bucket& bucket_of(Buckets& buckets, std::string_view value);
    std::vector<MetricSeries>& series_of(Bucket& bucket, std::uint32_t phase) const;
    void merge_bucket(const Bucket& from, Bucket& into) const;
    LabelledGroup summarize_bucket(const Bucket& bucket, std::uint64_t seed) const;

    std::vector<scenarios::Label> labels_;
    std::vector<std::string> targets_;
    std::vector<std::size_t> blocks_;
    std::vector<bool> warmup_;                   ///< by phase
    std::vector<std::vector<Buckets>> buckets_;  ///< by label, then by target
};

}  // namespace streamgauge::report
