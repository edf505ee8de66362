#include "scenarios/sample_size_check.h"

#include "scenarios/metric_catalogue.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <variant>

namespace streamgauge::scenarios {
namespace {

/// Fewer say nothing about their own spread.
constexpr int fewest_pairs = 5;

double seconds(nanoseconds duration) {
    return std::chrono::duration<double>(duration).count();
}

/// Requests that fall due: the area under the rate.
double requests_due(const OpenLoop& loop, nanoseconds duration) {
    const double ramp = std::min(seconds(loop.rate.over), seconds(duration));
    const double rest = seconds(duration) - ramp;
    return ramp * (loop.rate.from + loop.rate.to) / 2 + rest * loop.rate.to;
}

bool is_checked_on(const Expectation& expectation, const Target& target, const LoadPhase& phase) {
    const auto& delta = expectation.delta;
    if (delta && delta->target != target.name && delta->base != target.name) return false;
    return !phase.warmup && expectation.target.value_or(target.name) == target.name &&
           expectation.phase.value_or(phase.name) == phase.name;
}

/// Requests that an expectation's percentile needs; 0 where requests do not bound its samples.
std::uint64_t requests_needed(const Condition& condition) {
    const Metric* metric = find_metric(condition.metric);
    return metric != nullptr && metric->once_per_request ? minimum_samples(condition.statistic) : 0;
}

/// The end of the advice on what to change.
std::string_view or_lower(const Condition& condition) {
    return condition.statistic == "p50" ? "" : ", or check a lower percentile";
}

void warn_about(const Expectation& expectation, const Scenario& scenario, DiagnosticCollector& diagnostics) {
    const std::uint64_t needed = requests_needed(expectation.condition);
    if (needed == 0) return;
    // Pairs tell the p95 of hold within an answer.
    if (scenario.comparison && expectation.condition.metric == "hold" && !expectation.delta) return;
    for (const LoadPhase& phase : scenario.load) {
        for (const Target& target : scenario.targets) {
            if (!is_checked_on(expectation, target, phase)) continue;
            const auto most = most_requests(scenario, target, phase);
            if (!most || *most >= static_cast<double>(needed)) continue;
            diagnostics.warning(
                expectation.where,
                fmt::format(
                    "`{}` needs at least {} requests, but phase `{}` sends about {:.0f} to target `{}`; "
                    "lengthen the phase, raise its rate or its limit{}",
                    expectation.text, needed, phase.name, std::floor(*most), target.name,
                    or_lower(expectation.condition)));
            return;  // one warning per expectation says it all
        }
    }
}

/// A closed loop without a limit sends as many as the server lets it.
std::optional<double> most_in_window(const Scenario& scenario, const Target& target, const LoadPhase& phase,
                                     nanoseconds window) {
    auto most = most_requests(scenario, target, phase);
    const auto* loop = std::get_if<OpenLoop>(&phase.shape);
    if (most && loop != nullptr) {
        const double rate = std::max(loop->rate.from, loop->rate.to) * target.share;
        most = std::min(*most, rate * seconds(window));
    }
    return most;
}

void warn_about_windows(const Expectation& expectation, const Scenario& scenario,
                        DiagnosticCollector& diagnostics) {
    const nanoseconds window = *expectation.window;
    const std::uint64_t needed = requests_needed(expectation.condition);
    for (const LoadPhase& phase : scenario.load) {
        for (const Target& target : scenario.targets) {
            if (!is_checked_on(expectation, target, phase)) continue;
            if (phase.duration < window - phase.duration) {
                diagnostics.warning(
                    expectation.where,
                    fmt::format("`{}` has no window in phase `{}`, which lasts {}; write a shorter one",
                                expectation.text, phase.name, format_duration(phase.duration)));
                return;
            }
            const auto most = most_in_window(scenario, target, phase, window);
            if (!most || *most >= static_cast<double>(needed)) continue;
            diagnostics.warning(
                expectation.where,
                fmt::format("`{}` needs at least {} requests in a window, but phase `{}` sends about {:.0f} "
                            "to target `{}` in {}; write a longer window, raise the rate{}",
                            expectation.text, needed, phase.name, std::floor(*most), target.name,
                            format_duration(window), or_lower(expectation.condition)));
            return;
        }
    }
}

/// Pairs are compared within a phase.
void warn_about_pairs(const Scenario& scenario, DiagnosticCollector& diagnostics) {
    if (!scenario.comparison) return;
    const Target& base = scenario.targets[scenario.comparison->base];
    for (const LoadPhase& phase : scenario.load) {
        const auto most = most_requests(scenario, base, phase);
        if (phase.warmup || !most || *most >= fewest_pairs) continue;
        diagnostics.warning(
            scenario.comparison->where,
            fmt::format("phase `{}` sends about {:.0f} requests to each target, but a "
                        "comparison needs at least {} pairs; lengthen the phase, or raise its "
                        "rate or its limit (rates and limits count the requests to all "
                        "targets)",
                        phase.name, std::floor(*most), fewest_pairs));
    }
}

}  // namespace

std::optional<double> most_requests(const Scenario& scenario, const Target& target, const LoadPhase& phase) {
    std::optional<double> most;
    if (const auto* loop = std::get_if<OpenLoop>(&phase.shape)) most = requests_due(*loop, phase.duration);
    if (scenario.limits.requests) {
        const auto limit = static_cast<double>(*scenario.limits.requests);
        most = std::min(most.value_or(limit), limit);
    }
    if (most) *most *= target.share;
    return most;
}

void warn_about_sample_sizes(const Scenario& scenario, DiagnosticCollector& diagnostics) {
    for (const Expectation& expectation : scenario.expect) {
        if (expectation.window) {
            warn_about_windows(expectation, scenario, diagnostics);
        } else {
            warn_about(expectation, scenario, diagnostics);
        }
    }
    warn_about_pairs(scenario, diagnostics);
}

}  // namespace streamgauge::scenarios
