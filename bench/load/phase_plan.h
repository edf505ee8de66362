#pragma once

#include "scenarios/scenario.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace streamgauge::load {

using std::chrono::nanoseconds;

/// When each phase begins and ends, and when a user of the closed-loop phases has a turn. All times count
/// from the start of the run. Pure: no clock.
class PhasePlan {
  public:
    explicit PhasePlan(const scenarios::Scenario& scenario);

    nanoseconds begin(std::uint32_t phase) const { return begins_[phase]; }
    nanoseconds total() const { return total_; }
    /// Index of the phase at `elapsed`; the number of phases once all are over.
    std::uint32_t phase_at(nanoseconds elapsed) const;

    /// Users are lanes, numbered through all closed-loop phases: user 7 of one phase goes on as user 7 of the
    /// next.
    std::uint64_t lanes() const { return lanes_; }

    /// A lane's next chance to start a request.
    struct Turn {
        std::uint32_t phase;
        nanoseconds begins;  ///< at or after the moment asked for
    };
    /// The first turn of `lane` at or after `elapsed`; empty when there is none left.
    std::optional<Turn> next_turn(std::uint64_t lane, nanoseconds elapsed) const;

  private:
    const scenarios::Scenario& scenario_;
    std::vector<nanoseconds> begins_;
    nanoseconds total_{0};
    std::uint64_t lanes_ = 0;
};

}  // namespace streamgauge::load
