#include "bench/load/phase_plan.h"

#include "bench/load/user_ramp.h"

#include <algorithm>
#include <variant>

namespace streamgauge::load {

PhasePlan::PhasePlan(const scenarios::Scenario& scenario) : scenario_{scenario} {
    for (const auto& phase : scenario.load) {
        begins_.push_back(total_);
        total_ += phase.duration;
        if (const auto* closed = std::get_if<scenarios::ClosedLoop>(&phase.shape)) {
            lanes_ = std::max(lanes_, user_count(*closed, phase.duration));
        }
    }
}

std::uint32_t PhasePlan::phase_at(nanoseconds elapsed) const {
    std::uint32_t phase = 0;
    while (phase < begins_.size() && elapsed >= begins_[phase] + scenario_.load[phase].duration)
        ++phase;
    return phase;
}

std::optional<PhasePlan::Turn> PhasePlan::next_turn(std::uint64_t lane, nanoseconds elapsed) const {
    for (std::uint32_t phase = phase_at(elapsed); phase < begins_.size(); ++phase) {
        const auto& load = scenario_.load[phase];
        const auto* closed = std::get_if<scenarios::ClosedLoop>(&load.shape);
        if (closed == nullptr) continue;
        const nanoseconds first = begins_[phase] + user_starts_at(*closed, load.duration, lane);
        const nanoseconds last = begins_[phase] + user_stops_at(*closed, load.duration, lane);
        const nanoseconds turn = std::max(first, elapsed);
        if (turn < last) return Turn{phase, turn};
    }
    return std::nullopt;
}

}  // namespace streamgauge::load
