#pragma once

#include "report/summary/request_metrics.h"

namespace streamgauge::report {

/// Is told of each finished request of one worker, on that worker's thread, beside what is recorded. It must
/// not block.
class RequestObserver {
  public:
    virtual ~RequestObserver() = default;
    virtual void on_request(const RequestMetrics& request) = 0;
};

}  // namespace streamgauge::report
