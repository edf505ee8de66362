#pragma once

#include <cstdint>

namespace streamgauge::load {

/// Names one request of a run, whatever worker sends it. Open loop: lane 0 and the n-th arrival of the phase.
/// Closed loop: the lane is the user and the index counts that user's turns in the phase. Where an arrival
/// sends several requests, one after the other, the member counts those.
struct RequestKey {
    std::uint32_t phase = 0;
    std::uint64_t lane = 0;
    std::uint64_t index = 0;
    std::uint32_t member = 0;

    /// The request's turn where things are dealt in turn (targets, lines of a prompt file). Users start one
    /// turn apart and go on from there, so that each user sees every target and line.
    std::uint64_t turn() const { return lane + index; }
};

}  // namespace streamgauge::load
