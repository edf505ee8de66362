#pragma once

#include "scenarios/scenario.h"

#include <chrono>
#include <cstdint>

namespace streamgauge::report {

/// How smoothly a stream read, from its intervals in order: first the time to the first token, then the gap
/// before each further token event.
class Playout {
  public:
    explicit Playout(const scenarios::Budgets& budgets) : budgets_(budgets) {}

    void first_token(std::chrono::nanoseconds ttft);
    void gap(std::chrono::nanoseconds gap);

    /// Share of `e2e` a reader spent waiting beyond the budgets, 0..1. It says nothing about whose fault it
    /// was.
    double jank(std::chrono::nanoseconds e2e) const;

    /// Share of deadlines met, 0..1, by the fluidity-index of Etalon (arXiv 2407.07000): an early token
    /// leaves slack to those after it, a late one misses as many deadlines as would have fitted into its
    /// delay. Each miss is a deadline too, as in the authors' own program. 1 without any interval.
    double fluidity() const;

  private:
    void interval(std::chrono::nanoseconds taken, std::chrono::nanoseconds deadline);

    scenarios::Budgets budgets_;
    std::chrono::nanoseconds beyond_budget_{0};
    std::chrono::nanoseconds slack_{0};
    std::uint64_t met_ = 0;
    std::uint64_t missed_ = 0;
};

}  // namespace streamgauge::report
