#pragma once

#include "report/summary/summary.h"
#include "scenarios/expectation.h"

#include <chrono>
#include <string>
#include <utility>

namespace streamgauge::report::testing {

using namespace std::chrono_literals;

/// A metric of 1,000 samples with all of its percentiles at `value`, within 5 %.
inline MetricSummary metric_at(nanoseconds value) {
    MetricSummary metric;
    metric.count = 1'000;
    metric.min = 100ms;
    metric.max = 900ms;
    metric.mean_ns = 250e6;
    metric.stddev_ns = 50e6;
    for (const double quantile : {0.5, 0.9, 0.95, 0.99, 0.999}) {
        metric.percentiles.push_back({quantile, value, value * 95 / 100, value * 105 / 100, true});
    }
    return metric;
}

/// 1,000 completed requests of one target, with a TTFT of 400 ms and nothing to complain of.
inline GroupSummary measured_group(const std::string& target = "direct",
                                   const std::string& phase = "steady") {
    GroupSummary group;
    group.target = target;
    group.phase = phase;
    group.duration = 10s;
    group.due = group.answered = 1'000;
    group.outcomes[static_cast<std::size_t>(Outcome::completed)] = 1'000;
    group.errors = {0, 1'000};
    group.token_events = 100'000;
    group.metrics.emplace("ttft", metric_at(400ms));
    group.metrics.emplace("schedule_lag", metric_at(100us));
    group.buffering.verdict.kind = BufferingKind::none;
    return group;
}

/// A valid run of one target with one measured phase.
inline Summary measured_summary() {
    Summary summary;
    summary.groups = {measured_group("direct", ""), measured_group("direct", "steady")};
    return summary;
}

inline scenarios::Condition duration_condition(const std::string& metric, const std::string& statistic,
                                               nanoseconds limit) {
    return {metric,
            statistic,
            scenarios::Comparator::less,
            static_cast<double>(limit.count()),
            scenarios::Unit::duration,
            {}};
}
inline scenarios::Condition ratio_condition(const std::string& metric, double limit) {
    return {metric, "", scenarios::Comparator::less, limit, scenarios::Unit::ratio, {}};
}
inline scenarios::Condition word_condition(const std::string& word) {
    return {"buffering", "", scenarios::Comparator::equal, 0, scenarios::Unit::word, word};
}

}  // namespace streamgauge::report::testing
