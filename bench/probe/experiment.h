#pragma once

#include "scenarios/scenario.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace streamgauge::probe {

using std::chrono::nanoseconds;

/// What is asked differently, to see what it changes.
enum class Variant : std::uint8_t {
    plain,         ///< no compression; the second request uses the first one's connection again
    gzip,          ///< gzip is accepted
    brotli,        ///< br is accepted
    short_answer,  ///< a quarter of the tokens
    large_events,  ///< the same tokens in larger events, from servers that can be asked for them
    long_answer,   ///< more tokens
};

inline constexpr std::array<std::string_view, 6> variant_names{"plain",        "gzip",         "br",
                                                               "short_answer", "large_events", "long_answer"};

constexpr std::string_view to_string(Variant variant) {
    return variant_names[static_cast<std::size_t>(variant)];
}

/// What is probed and how much may be asked of it.
struct Subject {
    scenarios::Scenario scenario;      ///< with exactly one target, whose workload says `max_tokens`
    nanoseconds timeout{0};            ///< a request that takes longer is cut and judged by what came
    bool answer_length_given = false;  ///< by the user; then no longer answer is asked for

    const scenarios::Target& target() const { return scenario.targets.front(); }
    std::uint32_t max_tokens() const { return scenario.workload.max_tokens.value_or(0); }
};

/// A few requests of one variant.
struct Experiment {
    Variant variant = Variant::plain;
    scenarios::Scenario scenario;
};

/// Two requests one after the other over one connection, for most variants; large events and long answers,
/// which are asked for last, are two at the same time. `event_bytes` is the size of the events seen so far;
/// only large events need it.
Experiment make_experiment(Variant variant, const Subject& subject, double event_bytes = 0);

/// How many requests are open at the same time, at most, when all of these run together.
std::uint64_t open_at_once(std::span<const Experiment> experiments);

}  // namespace streamgauge::probe
