#pragma once

#include "report/model/histogram.h"
#include "report/summary/censored_histogram.h"
#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"
#include "report/summary/time_slots.h"

#include <cstdint>
#include <string>
#include <vector>

namespace streamgauge::report {

/// What one target did in one stretch of time.
struct Window {
    std::uint64_t started = 0, ended = 0, errors = 0, token_events = 0;
    std::int64_t open_ns = 0;  ///< time streams were open in it, summed over them
    /// Of the requests due in it.
    CensoredHistogram ttft{0.01};
    Histogram send_lag{0.05}, receive_lag{0.05};

    void merge(const Window& other);
};

/// One target over the time of the run, phases and drain, in windows of 1 s that double in length past 240,
/// so that a long run takes hardly more memory than a short one.
class Windows {
  public:
    void add(const RequestMetrics& request);
    void merge(const Windows& other) { slots_.merge(other.slots_); }

    const TimeSlots<Window>& slots() const { return slots_; }
    std::vector<WindowSummary> summarize(const std::string& target) const;

  private:
    void add_open_time(std::chrono::nanoseconds from, std::chrono::nanoseconds to);
    void add_tokens(const RequestMetrics& request);

    TimeSlots<Window> slots_{std::chrono::seconds{1}, 240};
};

}  // namespace streamgauge::report
