#include "report/export/group_lookup.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>

namespace streamgauge::report {

std::vector<const GroupSummary*> measured_groups(const Summary& summary) {
    std::vector<const GroupSummary*> groups;
    for (const auto& group : summary.groups) {
        if (!group.warmup && !group.phase.empty()) groups.push_back(&group);
    }
    return groups;
}

const GroupSummary* find_group(const Summary& summary, std::string_view target, std::string_view phase) {
    const auto found = std::ranges::find_if(
        summary.groups, [&](const auto& group) { return group.target == target && group.phase == phase; });
    return found == summary.groups.end() ? nullptr : &*found;
}

const MetricSummary* find_metric(const GroupSummary& group, const std::string& name) {
    const auto found = group.metrics.find(name);
    return found == group.metrics.end() ? nullptr : &found->second;
}

const MetricSummary* find_metric(const LabelledGroup& group, const std::string& name) {
    const auto found = group.metrics.find(name);
    return found == group.metrics.end() ? nullptr : &found->second;
}

const Percentile* find_percentile(const GroupSummary& group, const std::string& metric, double quantile) {
    return find_percentile(find_metric(group, metric), quantile);
}

const Percentile* find_percentile(const MetricSummary* metric, double quantile) {
    if (metric == nullptr) return nullptr;
    const auto found = std::ranges::find(metric->percentiles, quantile, &Percentile::quantile);
    return found == metric->percentiles.end() ? nullptr : &*found;
}

std::string percentile_text(const GroupSummary& group, const std::string& metric, double quantile) {
    return percentile_text(find_metric(group, metric), quantile);
}

std::string percentile_text(const MetricSummary* metric, double quantile) {
    const auto* percentile = find_percentile(metric, quantile);
    if (percentile == nullptr) return "-";
    if (percentile->value) return scenarios::format_duration(*percentile->value);
    const auto& above = metric->censored_above;
    return above ? "> " + scenarios::format_duration(*above) : "-";
}

std::string percentile_name(double quantile) {
    return fmt::format("p{:.6g}", quantile * 100);
}

std::string place_text(const std::string& target, const std::string& phase) {
    return phase.empty() ? target : target + ", " + phase;
}

std::string share_text(const Share& share) {
    return share.of == 0 ? "-" : fmt::format("{:.3g}%", share.value() * 100);
}

std::string grouped_digits(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t i = digits.size(); i > 3; i -= 3)
        digits.insert(i - 3, ",");
    return digits;
}

std::string words_of(std::string_view name) {
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    return words;
}

}  // namespace streamgauge::report
