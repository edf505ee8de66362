#pragma once

#include "report/model/histogram.h"
#include "report/model/timeline_sink.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace streamgauge::cli {

/// Sits between the workers and the sinks that record, and knows the TTFT of the streams that ended lately,
/// for the progress line. The figures of the report do not come from here.
class TtftWatch {
  public:
    explicit TtftWatch(unsigned workers);

    /// What to give the engine; they live as long as the watch.
    std::vector<report::TimelineSink*> sinks() const;

    /// Hands the timelines of a worker on to `recorder`, which outlives the run. Before the run starts.
    void forward(unsigned worker, report::TimelineSink& recorder);

    /// p95 of TTFT over the streams that ended since the last turn but one; empty without any. Any thread.
    std::optional<std::chrono::nanoseconds> p95() const;

    /// Begins a new stretch of time. Called every few seconds. Any thread.
    void turn();

  private:
    /// One worker's part. Locked once per stream, by a worker that nearly always finds it free.
    class Sink final : public report::TimelineSink {
      public:
        Sink();
        void forward(report::TimelineSink& recorder) { recorder_ = &recorder; }
        void on_timeline(const report::StreamTimeline& timeline) override;
        void add_to(report::Histogram& histogram) const;
        void turn();

      private:
        report::TimelineSink* recorder_ = nullptr;
        mutable std::mutex mutex_;
        report::Histogram current_, previous_;
    };

    std::vector<std::unique_ptr<Sink>> sinks_;
};

}  // namespace streamgauge::cli
