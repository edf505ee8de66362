#pragma once

#include "report/buffering/delay_curve.h"
#include "report/summary/group_counts.h"
#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace streamgauge::report {

/// What a comparison needs to know of one request, once it has ended.
struct PairHalf {
    std::uint64_t position = 0;  ///< in the order in which the requests of its arrival were sent
    bool completed = false;
    std::optional<std::chrono::nanoseconds> ttft;
    std::uint64_t token_events = 0;
    std::optional<std::uint64_t> output_tokens;
    ArrivalCurve arrivals;

    static PairHalf of(const RequestMetrics& request);
};

/// The pairs of one target with the base in one phase. Counts all; keeps up to 400, drawn evenly from however
/// many were added: those of the smallest rank. So memory is bounded, and adding and merging in any order
/// gives the same.
class PairTally {
  public:
    static constexpr std::size_t capacity = 400;

    /// `rank` is a hash of what names the pair.
    void add(std::uint64_t rank, const PairHalf& path, const PairHalf& base);
    void merge(const PairTally& other);

    /// Fills in all figures, and from them the verdict. Names are there.
    void summarize(PairSummary& into, std::uint64_t seed) const;

  private:
    struct Pair {
        std::uint64_t rank = 0;
        bool path_first = false;
        std::chrono::nanoseconds ttft_added{0};
        DelayCurve delays{};
    };
    static bool ranks_below(const Pair& a, const Pair& b) { return a.rank < b.rank; }

    void keep(const Pair& pair);
    std::vector<Pair> sorted() const;

    std::uint64_t pairs_ = 0, failed_ = 0, short_ = 0;
    ExactMean length_difference_;
    std::vector<Pair> kept_;  ///< a heap, the largest rank in front
};

}  // namespace streamgauge::report
