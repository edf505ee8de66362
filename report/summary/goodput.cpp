#include "report/summary/goodput.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace streamgauge::report {

namespace {

using Duration = RequestMetrics::Duration;

std::optional<double> ns(const Duration& value) {
    return value ? std::optional(static_cast<double>(value->count())) : std::nullopt;
}

/// A figure of one request by the name it has in conditions: durations in nanoseconds, shares 0..1.
std::optional<double> figure_of(const RequestMetrics& request, const scenarios::Condition& limit) {
    const std::string_view metric = limit.metric;
    if (metric == "ttft") return ns(request.ttft);
    if (metric == "ttft_sent") return ns(request.ttft_sent);
    if (metric == "ttfa") return ns(request.ttfa);
    if (metric == "ttfb") return ns(request.ttfb);
    if (metric == "headers") return ns(request.headers);
    if (metric == "tpot") return ns(request.tpot);
    if (metric == "e2e") return ns(request.e2e);
    if (metric == "max_gap" || (metric == "itl" && limit.statistic == "max")) return ns(request.max_gap);
    if (metric == "schedule_lag") return ns(request.schedule_lag);
    if (metric == "stalls") return static_cast<double>(request.stalls);
    if (metric == "jank") return request.jank;
    if (metric == "fluidity") return request.fluidity;
    if (metric == "hold" && limit.statistic == "p50") return ns(request.hold_p50);
    if (metric == "hold" && limit.statistic == "max") return ns(request.hold_max);
    if (metric == "hold") return ns(request.hold_p95);
    if (metric == "hold_estimated") return ns(request.buffering.estimated_hold);
    return std::nullopt;
}

bool needs_two_tokens(std::string_view metric) {
    return metric == "tpot" || metric == "itl" || metric == "max_gap";
}

bool meets_limit(const RequestMetrics& request, const scenarios::Condition& limit) {
    const auto figure = figure_of(request, limit);
    if (!figure) return needs_two_tokens(limit.metric) && request.token_events > 0;
    return compares(*figure, limit.comparator, limit.value);
}

}  // namespace

bool compares(double measured, scenarios::Comparator comparator, double limit) {
    switch (comparator) {
        case scenarios::Comparator::less:
            return measured < limit;
        case scenarios::Comparator::less_or_equal:
            return measured <= limit;
        case scenarios::Comparator::greater:
            return measured > limit;
        case scenarios::Comparator::greater_or_equal:
            return measured >= limit;
        case scenarios::Comparator::equal:
            return measured == limit;
        case scenarios::Comparator::not_equal:
            return measured != limit;
    }
    return false;
}

bool meets(const RequestMetrics& request, std::span<const scenarios::Condition> limits) {
    return request.outcome == Outcome::completed &&
           std::all_of(limits.begin(), limits.end(),
                       [&](const scenarios::Condition& limit) { return meets_limit(request, limit); });
}

std::vector<GoodputLimits> goodput_limits(const scenarios::Scenario& scenario) {
    std::vector<GoodputLimits> limits;
    for (const auto& expectation : scenario.expect) {
        if (!expectation.goodput_limits.empty()) limits.push_back(expectation.goodput_limits);
    }
    return limits;
}

}  // namespace streamgauge::report
