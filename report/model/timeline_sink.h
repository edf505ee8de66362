#pragma once

#include "report/model/stream_timeline.h"

namespace streamgauge::report {

/// Takes finished timelines from one worker, on that worker's thread. It must not block.
class TimelineSink {
  public:
    virtual ~TimelineSink() = default;

    /// `timeline` is complete and stays the caller's, which reuses its buffers for the next request.
    virtual void on_timeline(const StreamTimeline& timeline) = 0;
};

}  // namespace streamgauge::report
