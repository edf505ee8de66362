#include "report/export/label_text.h"

#include "report/export/escape.h"
#include "report/export/group_lookup.h"
#include "report/export/text_table.h"
#include "report/summary/label_values.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cstddef>
#include <vector>

namespace streamgauge::report {
namespace {

using Cell = TextTable::Cell;

/// Of one target; the rest is in the report.
constexpr std::size_t most_rows = 8;
/// Longer values would leave no room for the figures.
constexpr std::size_t longest_shown = 28;

std::string interval(const Percentile* percentile) {
    if (percentile == nullptr || !percentile->low) return "";
    const auto low = scenarios::format_duration(*percentile->low);
    if (!percentile->high) return "at least " + low;
    return fmt::format("{} to {}", low, scenarios::format_duration(*percentile->high));
}

std::vector<Cell> cells_of(const LabelledGroup& group) {
    const auto at = [&group](const char* metric, double quantile) {
        return Cell{percentile_text(find_metric(group, metric), quantile), Shade::plain};
    };
    return {{terminal_text(group.target, 30), Shade::bold},
            {terminal_text(group.value, longest_shown), Shade::bold},
            {grouped_digits(group.due)},
            {share_text(group.errors), group.errors.count > 0 ? Shade::bad : Shade::plain},
            at("ttft", 0.5),
            at("ttft", 0.95),
            at("ttft", 0.99),
            {interval(find_percentile(find_metric(group, "ttft"), 0.95)), Shade::dim},
            at("tpot", 0.5),
            at("e2e", 0.95)};
}

bool is_said_by_server(const LabelledGroup& group) {
    return group.value != no_label_value && group.value != other_label_value;
}

/// Returns how many rows were left out.
std::size_t add_rows(const LabelSummary& label, TextTable& table) {
    std::size_t shown = 0, left_out = 0;
    std::string target;
    for (const auto& group : label.groups) {
        if (group.target != target) shown = 0;
        target = group.target;
        if (is_said_by_server(group) && ++shown > most_rows) {
            ++left_out;
        } else {
            table.add(cells_of(group));
        }
    }
    return left_out;
}

}  // namespace

std::string label_text(const Summary& summary, const TerminalStyle& style) {
    const auto width = static_cast<std::size_t>(std::max(style.width, 40));
    std::string text;
    for (const auto& label : summary.labels) {
        if (label.groups.empty()) continue;
        TextTable table{{{"", "", true, INT_MAX},
                         {"", "", true, INT_MAX},
                         {"", "requests", false, 10},
                         {"", "errors", false, 8},
                         {"TTFT", "p50", false, 9},
                         {"TTFT", "p95", false, 11},
                         {"TTFT", "p99", false, 6},
                         {"95% interval", "of TTFT p95", false, 5},
                         {"TPOT", "p50", false, 4},
                         {"E2E", "p95", false, 3}}};
        const auto left_out = add_rows(label, table);
        const auto title =
            fmt::format("By {} ({})", terminal_text(label.name, 64), terminal_text(label.header, 64));
        text += '\n' + shaded(title, Shade::bold, style.colour) + '\n';
        text += table.draw(width, 2, style.colour);
        if (left_out == 0) continue;
        const auto note = fmt::format("  {} more in the report, of fewer requests", left_out);
        text += shaded(note, Shade::dim, style.colour) + '\n';
    }
    return text;
}

}  // namespace streamgauge::report
