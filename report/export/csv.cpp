#include "report/export/csv.h"

#include "report/export/escape.h"
#include "report/export/group_lookup.h"
#include "report/export/pair_words.h"
#include "report/summary/figure.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace streamgauge::report {
namespace {

constexpr std::array metrics{"ttft", "ttft_sent", "itl", "tpot", "e2e", "max_gap"};
constexpr std::array quantiles{0.5, 0.9, 0.95, 0.99, 0.999};

/// What is known of a target in a phase, but not of the requests with one value of a label.
constexpr std::array<std::string_view, 4> columns_of_groups{"requests_per_second", "tokens_per_second",
                                                            "output_tokens", "buffering"};

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

/// What pairs of requests say; empty cells where targets are not compared.
void add_pair(Row& row, const PairSummary* found) {
    static const PairSummary nothing;
    const PairSummary& pair = found == nullptr ? nothing : *found;
    row.emplace_back("pair_base", csv_field(pair.base));
    row.emplace_back("pairs", found == nullptr ? "" : std::to_string(pair.pairs));
    row.emplace_back("pair_verdict", found == nullptr ? "" : std::string(to_string(pair.verdict)));
    for (const auto& [name, words, member] : pair_figures) {
        const auto& figure = pair.*member;
        const auto cell = [&](nanoseconds PairedFigure::*part) {
            return figure ? milliseconds(ns((*figure).*part)) : "";
        };
        row.emplace_back(fmt::format("pair_{}_ms", name), cell(&PairedFigure::value));
        row.emplace_back(fmt::format("pair_{}_low_ms", name), cell(&PairedFigure::low));
        row.emplace_back(fmt::format("pair_{}_high_ms", name), cell(&PairedFigure::high));
    }
    const auto& effect = pair.order_effect;
    row.emplace_back("pair_order_effect_ms", effect ? milliseconds(ns(effect->difference)) : "");
    row.emplace_back("pair_order_effect_p", effect ? fmt::format("{:.4g}", effect->p_value) : "");
}

Row row_of(const GroupSummary& group, const RunInfo& run, const PairSummary* pair) {
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
    add_pair(row, pair);
    return row;
}

bool is_known(const std::string& column, const LabelledGroup& labelled) {
    for (const std::string metric : metrics) {
        if (column == metric + "_count" || column == metric + "_censored")
            return labelled.metrics.contains(metric);
    }
    return std::ranges::find(columns_of_groups, column) == columns_of_groups.end();
}

/// A row over all measured phases. Only what is counted and timed for a value is in it; other cells are
/// empty.
Row row_of(const LabelledGroup& labelled, const std::string& label, const RunInfo& run) {
    GroupSummary group;
    group.target = labelled.target;
    group.due = labelled.due;
    group.errors = labelled.errors;
    group.metrics = labelled.metrics;
    Row row = row_of(group, run, nullptr);
    for (auto& [column, cell] : row) {
        if (!is_known(column, labelled)) cell.clear();
    }
    row.emplace_back("label", csv_field(label));
    row.emplace_back("label_value", csv_field(labelled.value));
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
    Row header = row_of(GroupSummary{}, summary.run, nullptr);
    Row no_label;
    if (!summary.labels.empty()) no_label = {{"label", ""}, {"label_value", ""}};
    header.insert(header.end(), no_label.begin(), no_label.end());
    std::string text = line(header, &Row::value_type::first);
    for (const auto* group : measured_groups(summary)) {
        const auto* pair = find_pair(summary, group->target, group->phase);
        Row row = row_of(*group, summary.run, pair);
        row.insert(row.end(), no_label.begin(), no_label.end());
        text += line(row, &Row::value_type::second);
    }
    for (const auto& label : summary.labels) {
        for (const auto& group : label.groups)
            text += line(row_of(group, label.name, summary.run), &Row::value_type::second);
    }
    return text;
}

}  // namespace streamgauge::report
