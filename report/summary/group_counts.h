#pragma once

#include "report/buffering/ending_tally.h"
#include "report/buffering/tally.h"
#include "report/summary/goodput.h"
#include "report/summary/outcome_tally.h"
#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace streamgauge::report {

/// Requests by how a person takes a wait (Nielsen 1993): at once up to 0.1 s, in the flow up to 1 s, still
/// attentive up to 10 s, gone beyond.
struct NielsenBands {
    std::array<std::uint64_t, 4> counts{};

    void add(std::chrono::nanoseconds wait);
    void merge(const NielsenBands& other);
};

/// A mean of numbers between 0 and a few thousand, kept in billionths so that the order of adding does not
/// matter.
class ExactMean {
  public:
    void add(double value, std::uint64_t weight = 1);
    void merge(const ExactMean& other);
    std::optional<double> mean() const;  ///< empty before anything was added

  private:
    __extension__ __int128 billionths_ = 0;
    std::uint64_t weight_ = 0;
};

/// Everything that is counted, rather than timed, over the requests of one target in one phase.
class GroupCounts {
  public:
    explicit GroupCounts(std::size_t goodputs) : goodputs_(goodputs) {}

    /// `limits` has as many elements as there are goodputs. `ours` as in OutcomeTally::add.
    void add(const RequestMetrics& request, std::span<const GoodputLimits> limits, bool ours);
    void merge(const GroupCounts& other);

    const OutcomeTally& outcomes() const { return outcomes_; }
    std::chrono::nanoseconds longest_hold() const { return longest_hold_; }
    void summarize(GroupSummary& into) const;

  private:
    void add_tokens(const RequestMetrics& request);
    void add_waits(const RequestMetrics& request);
    void add_ending(const RequestMetrics& request);

    OutcomeTally outcomes_;
    std::vector<std::uint64_t> goodputs_;
    std::uint64_t token_events_ = 0, output_tokens_ = 0, uncertain_events_ = 0, stalls_ = 0;
    std::uint64_t streams_without_usage_ = 0;  ///< with tokens, of which the API did not say how many
    std::chrono::nanoseconds longest_hold_{0};
    ExactMean jank_, fluidity_, tokens_per_event_, reads_per_event_;
    NielsenBands ttft_bands_, max_gap_bands_;
    BufferingTally buffering_;
    EndingTally endings_;
};

}  // namespace streamgauge::report
