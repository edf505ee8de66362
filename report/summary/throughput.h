#pragma once

#include "report/summary/phase_time.h"
#include "report/summary/request_metrics.h"

#include <cstdint>

namespace streamgauge::report {

/// What one target delivered while one phase was on, whatever phase the requests belong to: so a rate is what
/// really flowed in that time, and a tail that outlasts the phase does not swell it.
struct Throughput {
    std::uint64_t token_events = 0;
    std::uint64_t tokens = 0;  ///< the API's count, else events
    std::int64_t open_ns = 0;  ///< time requests were open, summed over them

    void add(const RequestMetrics& request, const PhaseTime& phase);
    void merge(const Throughput& other);
};

}  // namespace streamgauge::report
