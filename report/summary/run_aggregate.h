#pragma once

#include "report/model/histogram.h"
#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"
#include "report/summary/validity.h"
#include "report/summary/verdict.h"

#include <cstdint>
#include <memory>

namespace streamgauge::report {

/// Everything a run's requests add up to, in memory that does not grow with the run's length. Each worker
/// owns one and adds its own requests; they are merged at the end, in any order, with the same result. The
/// same class rebuilds a run from its rows, so that a live summary and a rebuilt one agree.
class RunAggregate {
  public:
    explicit RunAggregate(const scenarios::Scenario& scenario);
    ~RunAggregate();
    RunAggregate(RunAggregate&&) noexcept;
    RunAggregate& operator=(RunAggregate&&) noexcept;

    /// Adds one finished request; one of a target or phase that the scenario lacks is ignored.
    void add(const RequestMetrics& request);
    /// Adds gaps between token events (`itl`) of one target and phase. `start` is the window they count in:
    /// the intended moment of their stream, from the start of the run.
    void add_gaps(std::uint32_t target, std::uint32_t phase, nanoseconds start, const Histogram& gaps);
    void add_gap(std::uint32_t target, std::uint32_t phase, nanoseconds start, nanoseconds gap);
    void merge(const RunAggregate& other);

    /// Fills `into.groups`, `into.windows`, `into.windowed`, `into.comparisons`, `into.hops` and
    /// `into.labels`, with percentiles and intervals. `seed` makes the bootstrap repeatable.
    /// `into.run.duration`, where it is set, ends the phases of a run that was stopped early, so fill
    /// `into.run` first.
    void summarize(Summary& into, std::uint64_t seed) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::report
