#pragma once

#include "report/model/moment.h"
#include "report/model/stream_timeline.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace streamgauge::net {

using report::Moment;
using std::chrono::nanoseconds;

/// One look at both clocks: CLOCK_REALTIME read between two reads of CLOCK_MONOTONIC.
struct ClockSample {
    nanoseconds monotonic_before;
    nanoseconds realtime;
    nanoseconds monotonic_after;
};

/// Turns kernel stamps (CLOCK_REALTIME) into moments of the run's clock (CLOCK_MONOTONIC).
class ClockMapping {
  public:
    /// Uses the narrowest sample. `samples` is not empty.
    explicit ClockMapping(std::span<const ClockSample> samples);

    Moment to_moment(nanoseconds realtime) const { return Moment{realtime - offset_}; }
    nanoseconds offset() const { return offset_; }            ///< realtime - monotonic
    nanoseconds uncertainty() const { return uncertainty_; }  ///< half the width of the sample used

  private:
    nanoseconds offset_{0};
    nanoseconds uncertainty_{0};
};

/// Nine looks at the clocks, about 1 us in all.
ClockMapping measure_clock_mapping();

struct ArrivalStamp {
    Moment arrival{};
    report::StampSource source = report::StampSource::user;
};

/// The arrival of a read: the mapped kernel stamp where there is one and it lies in [earliest, user], else
/// the user stamp. A stamp later than the user stamp by no more than `uncertainty` is the mapping's error and
/// is cut to the user stamp.
ArrivalStamp choose_arrival(std::optional<Moment> kernel, Moment earliest, Moment user,
                            nanoseconds uncertainty);

/// One worker's clock: the run's monotonic time, the mapping of kernel stamps, and the watch for steps of the
/// wall clock.
class WorkerClock {
  public:
    WorkerClock();
    ~WorkerClock();
    WorkerClock(const WorkerClock&) = delete;
    WorkerClock& operator=(const WorkerClock&) = delete;

    static Moment now() { return std::chrono::steady_clock::now(); }

    const ClockMapping& mapping() const { return mapping_; }

    /// A descriptor that becomes readable when the wall clock is set; then call refresh() at once. -1 where
    /// the kernel has none.
    int step_watch() const { return step_watch_; }

    /// Measures the mapping anew; call every 100 ms. Counts steps of the wall clock since the last call.
    void refresh();

    /// What refresh() does with a mapping just measured. `announced`: the kernel has told that the wall
    /// clock was set.
    void adopt(const ClockMapping& fresh, bool announced);

    std::uint64_t steps() const { return steps_; }
    /// Jumps of the mapping that the kernel did not announce: stamps between two refreshes may be wrong by
    /// the jump.
    std::uint64_t unannounced_steps() const { return unannounced_steps_; }

  private:
    bool step_announced();
    void arm_step_watch();

    ClockMapping mapping_;
    int step_watch_ = -1;  ///< timerfd that is cancelled when CLOCK_REALTIME is set
    std::uint64_t steps_ = 0;
    std::uint64_t unannounced_steps_ = 0;
};

}  // namespace streamgauge::net
