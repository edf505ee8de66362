#pragma once

#include "report/model/stream_timeline.h"
#include "report/model/timeline_sink.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace streamgauge::calibrate {

using std::chrono::nanoseconds;

/// What a set of errors comes to.
struct ErrorFigures {
    std::size_t samples = 0;
    nanoseconds mean{0};
    nanoseconds p99{0};
    nanoseconds max{0};
};

/// Exact figures of `errors`, from the values themselves and no histogram; all zero without errors. Reorders
/// `errors`.
ErrorFigures figures_of(std::vector<nanoseconds>& errors);

/// How far this client's times are off the truth that a server on the same machine stamps into its events.
///
/// Token error: our arrival - the stamp taken just before that event's own write.
/// TTFT error: (first token - sent) - (first stamp - arrival of the request's last byte at the server).
/// Both clocks are CLOCK_MONOTONIC of one machine.
class StampError final : public report::TimelineSink {
  public:
    /// Looks at what arrived in [`begin`, `end`), when the load is full: neither filling nor emptying
    /// flatters the figures. Room for `expected_tokens` is taken at once, not while they arrive.
    StampError(report::Moment begin, report::Moment end, std::size_t expected_tokens);

    void on_timeline(const report::StreamTimeline& timeline) override;

    /// Adds what another worker has seen of the same stretch of time.
    void merge(const StampError& other);

    ErrorFigures ttft() const;       ///< by kernel stamps
    ErrorFigures ttft_user() const;  ///< as it would be by the clock read after each socket read
    ErrorFigures tokens() const;

    std::uint64_t completed() const { return completed_; }  ///< streams of the whole run
    std::uint64_t failed() const { return failed_; }        ///< streams that ended otherwise
    std::uint64_t uncertain() const { return uncertain_; }  ///< tokens whose time the client cannot tell
    nanoseconds send_lag_p99() const;                       ///< sent - intended, less opening the connection

  private:
    bool counts(report::Moment arrival) const { return begin_ <= arrival && arrival < end_; }
    void add_first_token(const report::StreamTimeline& timeline);
    void add_tokens(const report::StreamTimeline& timeline);

    report::Moment begin_, end_;
    std::vector<nanoseconds> ttft_, ttft_user_, tokens_, send_lags_;
    std::uint64_t completed_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t uncertain_ = 0;
};

}  // namespace streamgauge::calibrate
