#include "report/summary/windowed_expectations.h"

#include "report/summary/phase_time.h"

#include <utility>

namespace streamgauge::report {

namespace {

using scenarios::Expectation;

/// A run folder that someone else wrote may ask for more windows than the loader lets through.
bool has_windows(const Expectation& expectation, const scenarios::LoadPhase& phase) {
    const auto& length = expectation.window;
    return length && length->count() > 0 && phase.duration / *length <= scenarios::most_windows;
}

bool is_checked_on(const Expectation& expectation, const scenarios::Target& target,
                   const scenarios::LoadPhase& phase) {
    return !phase.warmup && expectation.target.value_or(target.name) == target.name &&
           expectation.phase.value_or(phase.name) == phase.name && has_windows(expectation, phase);
}

}  // namespace

WindowedExpectations::WindowedExpectations(const scenarios::Scenario& scenario) {
    const auto times = phase_times(scenario);
    for (std::size_t i = 0; i < scenario.expect.size(); ++i) {
        const Expectation& expectation = scenario.expect[i];
        for (std::uint32_t target = 0; target < scenario.targets.size(); ++target) {
            for (std::uint32_t phase = 0; phase < scenario.load.size(); ++phase) {
                if (!is_checked_on(expectation, scenario.targets[target], scenario.load[phase])) continue;
                places_.push_back({i, target, scenario.targets[target].name, scenario.load[phase].name,
                                   WindowTally(expectation, phase, times[phase])});
            }
        }
    }
}

void WindowedExpectations::add(const RequestMetrics& request) {
    for (Place& place : places_) {
        if (place.target == request.target) place.tally.add(request);
    }
}

void WindowedExpectations::merge(const WindowedExpectations& other) {
    for (std::size_t i = 0; i < places_.size(); ++i)
        places_[i].tally.merge(other.places_[i].tally);
}

void WindowedExpectations::summarize(Summary& into, std::chrono::nanoseconds run_end) const {
    into.windowed.clear();
    for (const Place& place : places_) {
        WindowedSummary windowed;
        windowed.expectation = place.expectation;
        windowed.target = place.target_name;
        windowed.phase = place.phase_name;
        place.tally.summarize(run_end, windowed);
        into.windowed.push_back(std::move(windowed));
    }
}

}  // namespace streamgauge::report
