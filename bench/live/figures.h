#pragma once

#include "bench/live/counter_rate.h"
#include "bench/live/request_watch.h"
#include "bench/live/snapshot.h"
#include "bench/load/engine.h"
#include "report/buffering/tally.h"
#include "report/model/histogram.h"
#include "scenarios/scenario.h"

#include <deque>
#include <vector>

namespace streamgauge::live {

/// Makes the live figures of a run out of what is taken from it a few times a second. Reads no clock; memory
/// does not grow with the run. One thread.
class Figures {
  public:
    /// `scenario` outlives the figures. Rates are over the last `rate_span`.
    Figures(const scenarios::Scenario& scenario, unsigned workers, nanoseconds rate_span);

    /// Takes how things stand at `elapsed` from the start of the run (ascending): what ended since the call
    /// before, the counters, and the time of processors that this program took in it.
    void add(nanoseconds elapsed, const EndedRequests& ended, const load::Progress& progress,
             nanoseconds cpu_time);

    /// How the run stood at the last add(). The stage is what the plan says: running or draining.
    Snapshot snapshot() const;

  private:
    struct Second {
        std::vector<report::Histogram> ttft;  ///< by target, of the requests that ended in it
        report::Histogram send_lag{figure_error};
        std::uint64_t token_events = 0, uncertain_events = 0;
        /// Known when it is over.
        double open = 0, requests = 0, tokens = 0, errors = 0;
        std::optional<double> ttft_p50, ttft_p95;  ///< in nanoseconds
    };
    struct Target {
        std::uint64_t ended = 0, errors = 0;
        report::BufferingTally streams;
        bool to_judge = false;  ///< streams were added since `buffering` was found
        report::BufferingVerdict buffering;
    };
    /// Enough for the three digits that are shown.
    static constexpr double figure_error = 0.01;

    void begin_seconds(const load::Progress& progress);
    void finish_second(const load::Progress& progress, double seconds);
    void add_outcomes(const EndedRequests& ended);
    void add_request(const EndedRequest& request);
    void judge_buffering();
    report::Histogram ttft_of(const Second& second) const;
    std::size_t first_lately() const;
    void show_series(Snapshot& into) const;
    void show_lately(Snapshot& into) const;
    void show_targets(Snapshot& into) const;

    const scenarios::Scenario& scenario_;
    unsigned workers_;
    nanoseconds elapsed_{0};
    load::Progress progress_;
    CounterRate requests_rate_, tokens_rate_, cpu_rate_;
    double requests_per_second_ = 0, tokens_per_second_ = 0, busy_share_ = 0;
    std::array<std::uint64_t, report::outcome_count> outcomes_{};

    std::vector<Target> targets_;
    bool measured_ = false;       ///< a request of a phase that is no warm-up has ended
    std::deque<Second> seconds_;  ///< the last of them is not over
    std::int64_t second_ = -1;    ///< number of the last of them
    load::Progress at_second_;    ///< the counters when it began
};

}  // namespace streamgauge::live
