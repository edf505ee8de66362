#pragma once

#include "report/model/histogram.h"
#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

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

    /// Adds one finished request.
    void add(const RequestMetrics& request);
    /// Adds gaps between token events (`itl`) of one target and phase. `start` is the window they count in:
    /// the intended moment of their stream, from the start of the run.
    void add_gaps(std::uint32_t target, std::uint32_t phase, nanoseconds start, const Histogram& gaps);
    void add_gap(std::uint32_t target, std::uint32_t phase, nanoseconds start, nanoseconds gap);
    void merge(const RunAggregate& other);

    /// Groups and windows, with percentiles and intervals. `seed` makes the bootstrap repeatable.
    void summarize(Summary& into, std::uint64_t seed) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Figures of one request from its timeline. `run_start` is the moment the run began.
RequestMetrics measure_request(const StreamTimeline& timeline, const scenarios::Scenario& scenario,
                               Moment run_start, std::int64_t run_start_unix_ns);

/// Gaps between consecutive token events that are not client-uncertain, zeros included, in order.
void for_each_gap(const StreamTimeline& timeline, const std::function<void(nanoseconds)>& take);

/// Is the run itself valid? `delivered` requests were started, `due` should have been, for reasons on our
/// side.
Validity judge_validity(const ClientHealth& health, const Summary& summary);

/// Checks every expectation against the groups, adds the implied `errors < 1%`, and says what the program
/// exits with.
Verdict judge(const scenarios::Scenario& scenario, const Summary& summary);

}  // namespace streamgauge::report
