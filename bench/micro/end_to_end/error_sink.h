#pragma once

#include "bench/micro/end_to_end/figures.h"
#include "bench/micro/end_to_end/load.h"
#include "report/model/histogram.h"
#include "report/model/timeline_sink.h"

#include <chrono>
#include <cstdint>
#include <vector>

namespace streamgauge::micro {

/// How far the TTFTs of many streams are off; signed, each for itself.
class TtftErrors {
  public:
    /// Room for so many, so that what is measured does not grow by this.
    void reserve(std::uint64_t streams);
    void add(std::chrono::nanoseconds error) { errors_.push_back(error.count()); }
    /// The mean keeps the sign, p99 is of the absolute values; in us, NaN without a stream.
    void write(Figures& figures, Figure mean, Figure p99) const;

  private:
    std::vector<std::int64_t> errors_;
};

/// Writes mean, p99 and maximum in us, if there is anything.
void write_token_error(const report::Histogram& errors, Figures& figures);

/// Compares the moments of finished timelines with the stamps that the server wrote into them.
class ErrorSink final : public report::TimelineSink {
  public:
    /// Hands each timeline on to `next`, if there is one.
    ErrorSink(const Load& load, report::Moment start, report::TimelineSink* next);

    void on_timeline(const report::StreamTimeline& timeline) override;
    void write(Figures& figures) const;

  private:
    bool counts(report::ServerStamp stamp) const;

    const Load& load_;
    report::Moment start_;
    report::TimelineSink* next_;
    TtftErrors ttft_errors_;
    TtftErrors ttft_errors_user_;
    report::Histogram token_errors_;
    report::Histogram send_lag_;
    report::Moment last_sent_{};
    std::uint64_t complete_ = 0;
    std::uint64_t tokens_ = 0;
    std::uint64_t uncertain_ = 0;
};

}  // namespace streamgauge::micro
