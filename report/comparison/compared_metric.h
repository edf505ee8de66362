#pragma once

#include "report/summary/metric.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {

/// A figure that two runs are compared by: a quantile of a duration, or the share of requests that failed.
struct ComparedMetric {
    std::string name;              ///< `ttft.p95`, `errors`
    std::optional<Metric> metric;  ///< empty: errors
    double quantile = 0;

    bool is_share() const { return !metric; }
};

/// Reads `errors`, or one of the metrics that come once a request with `.p50`, `.p90`, `.p95` or `.p99`.
/// Empty when it is neither.
std::optional<ComparedMetric> parse_compared_metric(std::string_view text);

/// What a comparison shows: ttft.p50, ttft.p95, tpot.p50, tpot.p95, max_gap.p95, e2e.p95, errors.
const std::vector<ComparedMetric>& usual_compared_metrics();

/// The usual ones, and those of `gate` that are not among them. A name that is no figure is left out.
std::vector<ComparedMetric> compared_metrics(const std::vector<std::string>& gate);

}  // namespace streamgauge::report
