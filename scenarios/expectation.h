#pragma once

#include "scenarios/diagnostic.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::scenarios {

enum class Comparator { less, less_or_equal, greater, greater_or_equal, equal, not_equal };

/// What the right-hand side of a condition is measured in, and so how `value` is to be read.
enum class Unit {
    duration,  ///< nanoseconds
    ratio,     ///< 0..1, written as a percentage
    rate,      ///< per second
    count,     ///< a plain number
    word,      ///< a name, such as `none` in `buffering == none`
};

/// One comparison: `ttft.p95 < 800ms` is { "ttft", "p95", less, 8e8, duration }.
struct Condition {
    std::string metric;
    /// p50 p90 p95 p99 p99.9 max mean stddev min; tokens events requests of `throughput`; the name of an
    /// `outcome`; empty for metrics that are one figure.
    std::string statistic;
    Comparator comparator = Comparator::less;
    double value = 0;
    Unit unit = Unit::count;
    std::string word;  ///< set when unit is `word`
};

/// `delta(ttft.p95, gateway, direct)`: the figure of `target` less that of `base`.
struct Delta {
    std::string target, base;
};

/// A phase is cut into no more windows than this, so that memory stays small.
inline constexpr std::int64_t most_windows = 10'000;

/// One gate of a scenario, checked for each target and each measured phase that it is not narrowed away from.
struct Expectation {
    std::string text;  ///< as written, for messages
    Condition condition;
    std::vector<Condition> goodput_limits;  ///< what a request must meet to count, only for `goodput(...)`
    std::optional<Delta> delta;             ///< set for `delta(...)`; the condition is on the difference
    std::optional<std::chrono::nanoseconds> window;  ///< above 0: it must hold in each window of a phase
    std::optional<std::string> target;
    std::optional<std::string> phase;
    bool implied = false;  ///< added by streamgauge, not written by the user
    SourcePosition where;
};

}  // namespace streamgauge::scenarios
