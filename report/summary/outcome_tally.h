#pragma once

#include "report/model/outcome.h"
#include "report/summary/request_metrics.h"

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace streamgauge::report {

/// How requests ended, and the first of each kind as an example.
class OutcomeTally {
  public:
    /// `ours` says that a request which never started was held up by this client, not by the scenario.
    void add(const RequestMetrics& request, bool ours);
    void merge(const OutcomeTally& other);

    const std::array<std::uint64_t, outcome_count>& counts() const { return counts_; }
    std::uint64_t count(Outcome outcome) const { return counts_[static_cast<std::size_t>(outcome)]; }
    std::uint64_t due() const;     ///< all but those the scenario cancelled
    std::uint64_t errors() const;  ///< of the due ones
    std::uint64_t rate_limited() const { return rate_limited_; }
    std::uint64_t answered() const { return answered_; }        ///< got a response header
    std::uint64_t undelivered() const { return undelivered_; }  ///< due, not started for a reason on our side
    /// (outcome, detail) of the earliest error of each kind.
    std::vector<std::pair<std::string, std::string>> error_examples() const;

  private:
    struct Example {
        std::uint64_t sequence = 0;
        std::string detail;
    };

    std::array<std::uint64_t, outcome_count> counts_{};
    std::array<Example, outcome_count> examples_{};  ///< meaningful where the count is not 0
    std::uint64_t rate_limited_ = 0, answered_ = 0, undelivered_ = 0;
};

}  // namespace streamgauge::report
