#pragma once

#include "report/summary/summary.h"

#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {

/// The groups that gates are checked on, each target in each measured phase: not warm-ups, not the sums over
/// all phases.
std::vector<const GroupSummary*> measured_groups(const Summary& summary);

/// The group of a target in a phase (empty: over all measured phases); nullptr when there is none.
const GroupSummary* find_group(const Summary& summary, std::string_view target, std::string_view phase);

/// nullptr when no request has a value of the metric.
const MetricSummary* find_metric(const GroupSummary& group, const std::string& name);
const MetricSummary* find_metric(const LabelledGroup& group, const std::string& name);

/// nullptr when the metric has no value or not this percentile.
const Percentile* find_percentile(const GroupSummary& group, const std::string& metric, double quantile);

/// The same of a metric, or of none.
const Percentile* find_percentile(const MetricSummary* metric, double quantile);

/// A percentile as a person reads it: `812ms`, `> 10s` among censored requests, `-` where there is none.
std::string percentile_text(const GroupSummary& group, const std::string& metric, double quantile);
std::string percentile_text(const MetricSummary* metric, double quantile);

/// `p95` for 0.95, `p99.9` for 0.999.
std::string percentile_name(double quantile);

/// `gateway, steady`; the target alone when there is no phase.
std::string place_text(const std::string& target, const std::string& phase);

/// `12.3%`; `-` of nothing.
std::string share_text(const Share& share);

/// `12,345`.
std::string grouped_digits(std::uint64_t number);

/// `send lag` for `send_lag`.
std::string words_of(std::string_view name);

}  // namespace streamgauge::report
