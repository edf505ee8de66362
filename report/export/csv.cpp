#include "report/export/csv.h"

#include "report/export/escape.h"
#include "report/export/group_lookup.h"
#include "report/summary/figure.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <ctime>
#include <optional>
#include <utility>
#include <vector>

namespace streamgauge::report {
namespace {

constexpr std::array metrics{"ttft", "ttft_sent", "itl", "tpot", "e2e", "max_gap"};
constexpr std::array quantiles{0.5, 0.9, 0.95, 0.99, 0.999};

using Row = std::vector<std::pair<std::string, std::string>>;  ///< column, cell that needs no more escaping

std::string milliseconds(const std::optional<double>& nanoseconds) {
    return nanoseconds ? fmt::format("{:.3f}", *nanoseconds / 1e6) : "";
}

std::optional<double> ns(const std::optional<nanoseconds>& value) {
    return value ? std::optional(static_cast<double>(value->count())) : std::nullopt;
}

std::string ratio(const Share& share) {
    return share.of == 0 ? "" : fmt::format("{:.6g}", share.value());
}

void add_metric(Row& row, const GroupSummary& group, const std::string& name) {
    static const MetricSummary nothing;
    const auto* found = find_metric(group, name);
    const MetricSummary& metric = found == nullptr ? nothing : *found;
    row.emplace_back(name + "_count", std::to_string(metric.count));
    row.emplace_back(name + "_censored", std::to_string(metric.censored));
    row.emplace_back(name + "_mean_ms", milliseconds(metric.mean_ns));
    row.emplace_back(name + "_stddev_ms", milliseconds(metric.stddev_ns));
    row.emplace_back(name + "_min_ms", milliseconds(ns(metric.min)));
    for (const double quantile : quantiles) {
        const auto* percentile = find_percentile(group, name, quantile);
        const bool usable = percentile != nullptr && percentile->enough_samples;
        row.emplace_back(fmt::format("{}_{}_ms", name, percentile_name(quantile)),
                         usable ? milliseconds(ns(percentile->value)) : "");
    }
    row.emplace_back(name + "_max_ms", metric.censored == 0 ? milliseconds(ns(metric.max)) : "");
}

Row row_of(const GroupSummary& group, const RunInfo& run) {
    const auto start = fmt::gmtime(static_cast<std::time_t>(run.start_unix_ns / 1'000'000'000));
    Row row{{"scenario", csv_field(run.scenario_name)},
            {"start", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", start)},
            {"target", csv_field(group.target)},
            {"phase", csv_field(group.phase)},
            {"requests", std::to_string(group.due)},
            {"errors", std::to_string(group.errors.count)},
            {"errors_ratio", ratio(group.errors)},
            {"goodput_ratio", ratio(group.goodput)},
            {"requests_per_second", fmt::format("{:.6g}", group.requests_per_second)},
            {"tokens_per_second", fmt::format("{:.6g}", group.tokens_per_second)},
            {"output_tokens", std::to_string(group.output_tokens)},
            {"buffering", csv_field(to_string(group.buffering.verdict.kind))},
            {"hold_estimated_p95_ms", milliseconds(ns(group.buffering.verdict.estimated_hold))}};
    for (const auto* metric : metrics)
        add_metric(row, group, metric);
    return row;
}

std::string line(const Row& row, std::string Row::value_type::*part) {
    std::string text;
    for (const auto& cell : row)
        text += (text.empty() ? "" : ",") + cell.*part;
    return text + "\r\n";
}

}  // namespace

std::string csv_table(const ExportedRun& run) {
    const auto& summary = run.summary;
    std::string text = line(row_of({}, summary.run), &Row::value_type::first);
    for (const auto* group : measured_groups(summary))
        text += line(row_of(*group, summary.run), &Row::value_type::second);
    return text;
}

}  // namespace streamgauge::report
