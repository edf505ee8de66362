#pragma once

#include "report/export/request_observer.h"
#include "report/model/buffering_verdict.h"
#include "report/model/outcome.h"
#include "report/model/timeline_sink.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace streamgauge::live {

/// What is kept of a finished request until the live figures take it.
struct EndedRequest {
    std::uint32_t target = 0, phase = 0;
    std::optional<std::chrono::nanoseconds> ttft, send_lag;
    std::uint64_t token_events = 0, uncertain_events = 0;
    report::BufferingVerdict buffering;  ///< without its evidence
};

/// Requests that ended in one stretch of time.
struct EndedRequests {
    std::vector<EndedRequest> requests;  ///< as many as there was room for
    /// All of them, by target and outcome.
    std::vector<std::array<std::uint64_t, report::outcome_count>> outcomes;
};

/// Sits between the workers and what records their requests, and keeps a few figures of each request that
/// ended until someone takes them. A worker is delayed by no more than an uncontended lock for each request,
/// and by nothing for a token. The figures of the report do not come from here.
class RequestWatch {
  public:
    /// Requests of one worker for which there is room between two calls of take(); the rest are counted only.
    static constexpr std::size_t most_waiting = 8192;

    RequestWatch(unsigned workers, std::size_t targets);

    /// What to give the engine; they live as long as the watch and pass timelines on, see forward().
    std::vector<report::TimelineSink*> sinks() const;
    /// Hands the timelines of a worker on to `recorder`, which outlives the run. Before the run starts.
    void forward(unsigned worker, report::TimelineSink& recorder);
    /// What is to be told of the requests of a worker.
    report::RequestObserver& observer(unsigned worker);

    /// What ended since the last call. From one thread, whichever; valid until the next call.
    const EndedRequests& take();

  private:
    /// One worker's part. Locked once for each request, by a worker that nearly always finds it free.
    class Part final : public report::TimelineSink, public report::RequestObserver {
      public:
        explicit Part(std::size_t targets);
        void forward(report::TimelineSink& recorder) { recorder_ = &recorder; }
        void on_timeline(const report::StreamTimeline& timeline) override;
        void on_request(const report::RequestMetrics& request) override;
        /// Gives what has ended for something empty, whose memory the worker goes on with.
        void swap(EndedRequests& empty);

      private:
        report::TimelineSink* recorder_ = nullptr;
        std::mutex mutex_;
        EndedRequests ended_;
    };

    std::vector<std::unique_ptr<Part>> parts_;
    EndedRequests taken_;
    EndedRequests spare_;
};

}  // namespace streamgauge::live
