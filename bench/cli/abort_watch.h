#pragma once

#include "bench/cli/abort_judge.h"
#include "report/model/timeline_sink.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace streamgauge::cli {

/// Stands between the workers and the sinks that record, and counts by target the requests that ended since
/// it was last asked.
class AbortWatch {
  public:
    AbortWatch(unsigned workers, std::size_t targets);

    /// The sink of one worker; it hands every timeline on to `recorder`, which outlives the run. Before the
    /// run starts.
    report::TimelineSink& in_front_of(unsigned worker, report::TimelineSink& recorder);

    /// What ended since the last call, by target. Any thread.
    std::vector<EndedRequests> take();

  private:
    /// One worker's part. Locked once per request, by a worker that nearly always finds it free.
    class Sink final : public report::TimelineSink {
      public:
        explicit Sink(std::size_t targets) : ended_(targets) {}
        void forward(report::TimelineSink& recorder) { recorder_ = &recorder; }
        void on_timeline(const report::StreamTimeline& timeline) override;
        std::vector<EndedRequests> take();

      private:
        report::TimelineSink* recorder_ = nullptr;
        std::mutex mutex_;
        std::vector<EndedRequests> ended_;
    };

    std::size_t targets_;
    std::vector<std::unique_ptr<Sink>> sinks_;
};

}  // namespace streamgauge::cli
