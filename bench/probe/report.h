#pragma once

#include "bench/probe/diagnosis.h"
#include "bench/probe/experiment.h"

#include <chrono>
#include <cstdint>

namespace streamgauge::probe {

/// What was sent, in all.
struct Sent {
    std::uint64_t requests = 0;
    std::uint64_t at_once = 0;  ///< at most
    nanoseconds duration{0};
};

/// A finished probe, ready to be shown.
struct Report {
    Subject subject;
    Evidence evidence;
    Diagnosis diagnosis;
    Sent sent;
};

}  // namespace streamgauge::probe
