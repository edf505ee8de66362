#pragma once

#include "report/summary/censored_histogram.h"
#include "report/summary/summary.h"
#include "scenarios/abort_condition.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace streamgauge::cli {

/// The requests of one target that ended in one stretch of time.
struct EndedRequests {
    std::uint64_t counted = 0;  ///< all but those that the scenario cancelled
    std::uint64_t errors = 0;   ///< of them
    report::CensoredHistogram ttft{0.01};

    void merge(const EndedRequests& other);
};

/// Decides whether a condition of `abort_when` strikes. Does no I/O and reads no clock.
class AbortJudge {
  public:
    /// `targets` are the names, in the scenario's order.
    AbortJudge(std::vector<scenarios::AbortCondition> conditions, std::vector<std::string> targets);

    /// Takes what ended since the turn before, by target; `now` counts from the start of the run and grows
    /// from turn to turn. Gives the first condition that has been broken in every turn for its time, and in
    /// this one. A turn in which nothing ended neither breaks a condition nor clears it.
    std::optional<report::RunInfo::Abort> judge(std::chrono::nanoseconds now,
                                                std::span<const EndedRequests> ended);

  private:
    /// One condition on one target.
    struct Watched {
        std::size_t condition = 0, target = 0;
        std::optional<std::chrono::nanoseconds> broken_since;
    };

    std::vector<scenarios::AbortCondition> conditions_;
    std::vector<std::string> targets_;
    std::vector<Watched> watched_;
    std::chrono::nanoseconds turn_before_{0};
};

}  // namespace streamgauge::cli
