#include "bench/probe/experiment.h"

#include "scenarios/header_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace streamgauge::probe {

namespace {

using namespace std::chrono_literals;

/// Between a user's requests: time enough to call the second off where the first was refused.
constexpr nanoseconds pause = 20ms;
/// A second request is only begun while the probe is young, so that slow servers do not make it long.
constexpr nanoseconds begin_within = 5s;
constexpr std::uint32_t shorter = 4, longer = 8;
constexpr std::uint32_t shortest_answer = 8, longest_answer = 1024;
constexpr double larger = 4;

bool is_followup(Variant variant) {
    return variant == Variant::large_events || variant == Variant::long_answer;
}

scenarios::LoadPhase phase_of(Variant variant, nanoseconds timeout) {
    const double users = is_followup(variant) ? 2 : 1;
    scenarios::LoadPhase phase;
    phase.name = to_string(variant);
    phase.shape = scenarios::ClosedLoop{{users, users, 0ns}, pause};
    phase.duration = std::min(begin_within, timeout);
    return phase;
}

void limit_times(scenarios::Scenario& scenario, nanoseconds timeout) {
    scenario.timeouts.connect = std::min(scenario.timeouts.connect, timeout);
    scenario.timeouts.first_token = timeout;
    scenario.timeouts.idle = timeout;
    scenario.timeouts.stall = timeout;
    scenario.timeouts.total = timeout;
    scenario.drain = timeout + 1s;
}

/// The simulated server takes orders in this header; other servers pass over it.
void order_event_size(scenarios::Target& target, double bytes) {
    constexpr auto name = "X-Streamgauge-Behaviour";
    const auto order = fmt::format("event_size={:.0f}", bytes);
    for (auto& header : target.headers) {
        if (!scenarios::same_header_name(header.name, name)) continue;
        header.value += "; " + order;
        return;
    }
    target.headers.push_back({name, order, false});
}

/// Log probabilities make every event of an OpenAI server larger and leave the answer as it is.
void ask_for_large_events(scenarios::Scenario& scenario, double event_bytes) {
    auto& extra = scenario.workload.extra;
    const auto& api = scenario.targets.front().api;
    if (api == "openai-chat") {
        extra["logprobs"] = true;
        extra["top_logprobs"] = 5;
    } else if (api == "openai-completions") {
        extra["logprobs"] = 5;
    }
    const double bytes = std::round(event_bytes * larger);
    if (auto* orders = extra.if_contains("streamgauge"); orders != nullptr && orders->is_object()) {
        orders->as_object()["event_size"] = static_cast<std::uint64_t>(bytes);
    } else {
        order_event_size(scenario.targets.front(), bytes);
    }
}

}  // namespace

Experiment make_experiment(Variant variant, const Subject& subject, double event_bytes) {
    Experiment experiment{variant, subject.scenario};
    auto& scenario = experiment.scenario;
    scenario.load = {phase_of(variant, subject.timeout)};
    scenario.comparison.reset();  // it speaks of targets that are not probed
    scenario.limits = {};
    scenario.limits.requests = 2;
    scenario.connections.reuse = true;
    scenario.expect.clear();
    limit_times(scenario, subject.timeout);
    auto& target = scenario.targets.front();
    target.share = 1;
    target.accept_encoding.clear();
    auto& max_tokens = scenario.workload.max_tokens;
    switch (variant) {
        case Variant::plain:
            break;
        case Variant::gzip:
            target.accept_encoding = {"gzip"};
            break;
        case Variant::brotli:
            target.accept_encoding = {"br"};
            break;
        case Variant::short_answer:
            max_tokens =
                std::min(std::max(subject.max_tokens() / shorter, shortest_answer), subject.max_tokens());
            break;
        case Variant::large_events:
            ask_for_large_events(scenario, event_bytes);
            break;
        case Variant::long_answer:
            max_tokens =
                std::max(std::min(subject.max_tokens() * longer, longest_answer), subject.max_tokens());
            break;
    }
    return experiment;
}

std::uint64_t open_at_once(std::span<const Experiment> experiments) {
    std::uint64_t open = 0;
    for (const auto& experiment : experiments)
        open += is_followup(experiment.variant) ? 2 : 1;
    return open;
}

}  // namespace streamgauge::probe
