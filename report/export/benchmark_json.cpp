#include "report/export/benchmark_json.h"

#include "report/export/group_lookup.h"
#include "report/export/json_line.h"
#include "report/export/pair_words.h"
#include "report/stats/wilson_interval.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace streamgauge::report {
namespace {

/// Few, as each gets a chart of its own.
constexpr std::array<std::pair<const char*, double>, 8> charted{{{"ttft", 0.5},
                                                                 {"ttft", 0.95},
                                                                 {"ttft", 0.99},
                                                                 {"itl", 0.95},
                                                                 {"itl", 0.99},
                                                                 {"tpot", 0.5},
                                                                 {"tpot", 0.95},
                                                                 {"e2e", 0.95}}};

struct Entry {
    std::string name, unit;
    double value = 0;
    std::string range, extra;
};

std::string to_json(const Entry& entry) {
    JsonLine line;
    line.field("name", entry.name);
    line.field("unit", entry.unit);
    line.field("value", entry.value);
    line.field("range", entry.range);
    line.field("extra", entry.extra);
    auto text = std::move(line).finish();
    text.pop_back();  // its line end
    return text;
}

/// Milliseconds to the microsecond.
double ms(nanoseconds value) {
    return std::round(static_cast<double>(value.count()) / 1e3) / 1e3;
}

std::string range_text(const std::optional<nanoseconds>& low, const std::optional<nanoseconds>& high) {
    if (!low && !high) return {};
    const auto end = [](const auto& value) {
        return value ? fmt::format("{:.6g}", ms(*value)) : std::string("?");
    };
    return fmt::format("{} to {}", end(low), end(high));
}

void add_percentiles(std::vector<Entry>& entries, const GroupSummary& group) {
    for (const auto& [metric, quantile] : charted) {
        const auto* percentile = find_percentile(group, metric, quantile);
        if (percentile == nullptr || !percentile->value || !percentile->enough_samples) continue;
        const auto& values = *find_metric(group, metric);
        entries.push_back(
            {fmt::format("{} / {}: {}.{}", group.target, group.phase, metric, percentile_name(quantile)),
             "ms", ms(*percentile->value), range_text(percentile->low, percentile->high),
             fmt::format("{} samples, 95% interval by {}", values.count + values.censored,
                         values.interval_method)});
    }
}

void add_errors(std::vector<Entry>& entries, const GroupSummary& group) {
    if (group.errors.of == 0) return;
    const auto interval = wilson_interval(group.errors.count, group.errors.of);
    entries.push_back(
        {fmt::format("{} / {}: errors", group.target, group.phase), "%",
         std::round(group.errors.value() * 1e6) / 1e4,
         fmt::format("{:.4g} to {:.4g}", interval.low * 100, interval.high * 100),
         fmt::format("{} of {} requests, 95% interval by Wilson", group.errors.count, group.errors.of)});
}

std::string pairs_extra(const PairSummary& pair) {
    auto text = fmt::format("{} pairs, 95% interval by drawing them again", pair.pairs);
    if (const auto& effect = pair.order_effect) {
        text +=
            fmt::format(", order effect {} (p {:.2g})", signed_duration(effect->difference), effect->p_value);
    }
    return text;
}

/// What targets add to the base of `compare`.
void add_pairs(std::vector<Entry>& entries, const Summary& summary) {
    for (const auto& pair : summary.comparisons) {
        if (pair.phase.empty() || pair.warmup) continue;
        for (const auto& [name, words, member] : pair_figures) {
            const auto& figure = pair.*member;
            if (!figure) continue;
            entries.push_back(
                {fmt::format("{} / {}: {} against {}", pair.target, pair.phase, words, pair.base), "ms",
                 ms(figure->value), range_text(figure->low, figure->high), pairs_extra(pair)});
        }
    }
}

}  // namespace

std::string benchmark_json(const ExportedRun& run) {
    std::vector<Entry> entries;
    for (const auto* group : measured_groups(run.summary)) {
        add_percentiles(entries, *group);
        add_errors(entries, *group);
    }
    add_pairs(entries, run.summary);
    std::string text = "[";
    for (const auto& entry : entries)
        text += (text.size() == 1 ? "\n  " : ",\n  ") + to_json(entry);
    return text + (entries.empty() ? "]\n" : "\n]\n");
}

}  // namespace streamgauge::report
