#pragma once

#include "report/summary/pair_tally.h"
#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"
#include "scenarios/scenario.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::report {

/// Puts the requests of each arrival together again and compares every target with the base, phase by phase.
/// In memory it holds a bounded sample of the pairs and the requests of arrivals that are not over, of which
/// there are no more than are in flight. Adding and merging in any order gives the same.
class ComparisonTally {
  public:
    /// Of a scenario without a comparison, or one that names targets it lacks, the tally stays empty.
    explicit ComparisonTally(const scenarios::Scenario& scenario);

    void add(const RequestMetrics& request);
    void merge(const ComparisonTally& other);

    /// Fills `into.comparisons` and `into.hops`. `seed` makes the intervals repeatable.
    void summarize(Summary& into, std::uint64_t seed) const;

  private:
    /// The requests of one arrival that have ended: that to the base, then those to the others.
    struct Arrival {
        std::uint32_t phase = 0;
        std::vector<std::optional<PairHalf>> halves;
    };
    struct Phase {
        std::string name;
        bool warmup = false;
        std::vector<PairTally> paths;  ///< by the others
    };

    std::optional<std::size_t> slot_of(std::uint32_t target) const;
    void close(const std::string& pair_id, const Arrival& arrival, std::vector<Phase>& phases) const;
    PairSummary summarize_path(std::size_t path, const PairTally& tally, std::uint64_t seed) const;
    HopSummary judge_chain(const std::vector<PairSummary>& outward) const;

    std::uint64_t seed_;
    bool chain_ = false;
    std::vector<std::uint32_t> targets_;  ///< the base first; empty when nothing is compared
    std::vector<std::string> names_;      ///< of targets_
    std::vector<Phase> phases_;
    std::map<std::string, Arrival> open_;  ///< by pair_id
};

}  // namespace streamgauge::report
