#include "report/export/run_comparison_text.h"

#include "report/export/escape.h"
#include "report/export/group_lookup.h"
#include "report/export/text_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <climits>
#include <cstddef>
#include <string>
#include <vector>

namespace streamgauge::report {
namespace {

constexpr std::size_t indent = 2;

Shade shade_of(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::worse:
            return Shade::bad;
        case ChangeKind::better:
            return Shade::good;
        case ChangeKind::undecided:
            return Shade::warning;
        case ChangeKind::same:
            break;
    }
    return Shade::plain;
}

TextTable::Cell verdict_cell(const RunDifference& figure) {
    if (!figure.is_compared()) return {"not compared", Shade::dim};
    return {std::string(to_string(figure.verdict.kind)), shade_of(figure.verdict.kind)};
}

std::string metric_text(const RunComparisonRow& row) {
    return row.gated ? row.metric + " *" : row.metric;
}

TextTable table_of_one(const std::vector<const RunComparisonRow*>& rows) {
    TextTable table({{"", "metric", true, INT_MAX},
                     {"", "base", false, 3},
                     {"", "candidate", false, 2},
                     {"", "change", false, 5},
                     {"", "95 % interval", false, 1},
                     {"", "verdict", true, 4}});
    for (const auto* row : rows) {
        const auto& figure = row->figures.front();
        const auto size = figure.size();
        table.add({{metric_text(*row)},
                   {figure_text(row->base, row->is_share)},
                   {figure_text(figure.value, row->is_share)},
                   {size ? change_text(*size, row->is_share) : "-"},
                   {interval_text(figure, row->is_share)},
                   verdict_cell(figure)});
    }
    return table;
}

TextTable::Cell run_cell(const RunDifference& figure, bool is_share) {
    auto text = figure_text(figure.value, is_share);
    if (const auto size = figure.size())
        text += fmt::format(" ({}, {})", change_text(*size, is_share), to_string(figure.verdict.kind));
    return {std::move(text), figure.is_compared() ? shade_of(figure.verdict.kind) : Shade::dim};
}

/// Of `count` runs from `first` on. No column may go: it would take a run's verdict along.
TextTable table_of_runs(const std::vector<const RunComparisonRow*>& rows, std::size_t first,
                        std::size_t count) {
    std::vector<TextTable::Column> columns{{"", "metric", true, INT_MAX}, {"", "base", false, INT_MAX}};
    for (std::size_t run = first; run < first + count; ++run)
        columns.push_back({"", fmt::format("run {}", run + 1), false, INT_MAX});
    TextTable table(std::move(columns));
    for (const auto* row : rows) {
        std::vector<TextTable::Cell> cells{{metric_text(*row)}, {figure_text(row->base, row->is_share)}};
        for (std::size_t run = first; run < first + count; ++run)
            cells.push_back(run_cell(row->figures[run], row->is_share));
        table.add(std::move(cells));
    }
    return table;
}

/// As many runs beside each other as fit, the others below.
std::string tables_of_many(const std::vector<const RunComparisonRow*>& rows, std::size_t candidates,
                           std::size_t width, bool colour) {
    std::string text;
    for (std::size_t first = 0, count = 1; first < candidates; first += count) {
        count = candidates - first;
        while (count > 1 && !table_of_runs(rows, first, count).fits(width, indent))
            --count;
        if (first > 0) text += "\n";
        text += table_of_runs(rows, first, count).draw(width, indent, colour);
    }
    return text;
}

std::string place_of(const RunComparisonRow& row) {
    return terminal_text(row.target, 80) + " in " + terminal_text(row.phase, 80);
}

/// `gateway in steady, run 2`; the run only where there are several.
std::string place_of(const RunComparisonRow& row, std::size_t candidate) {
    return row.figures.size() == 1 ? place_of(row) : fmt::format("{}, run {}", place_of(row), candidate + 1);
}

/// What is worst of the gated figures, in a few words.
std::string worst_of(const RunComparison& comparison) {
    const auto worst = worst_regression(comparison);
    if (!worst) return "";
    const auto& row = *worst->row;
    const auto candidate = static_cast<std::size_t>(worst->figure - row.figures.data());
    return fmt::format("{} of {} went from {} to {}", row.metric, place_of(row, candidate),
                       figure_text(row.base, row.is_share), figure_text(worst->figure->value, row.is_share));
}

std::string headline(const RunComparison& comparison) {
    const auto worse = comparison.count(ChangeKind::worse), better = comparison.count(ChangeKind::better);
    const auto undecided = comparison.count(ChangeKind::undecided);
    if (comparison.gated() == 0) return "Not compared: the runs have none of the gated metrics in common.";
    if (worse > 0) {
        return fmt::format("Worse: {} ({} gated, {} worse).", worst_of(comparison), comparison.gated(),
                           worse);
    }
    if (undecided > 0) {
        return fmt::format("Undecided: {} of the gated figures could be the same or not; none is worse.",
                           undecided);
    }
    if (better > 0) return fmt::format("Better: {} of the gated figures; none is worse.", better);
    return "The same: no gated figure changed by more than the floor.";
}

std::string header(const RunComparison& comparison) {
    std::string text;
    for (const auto& run : comparison.baselines)
        text += fmt::format("  base       {}\n", terminal_text(run, 400));
    for (std::size_t i = 0; i < comparison.candidates.size(); ++i) {
        const auto name = comparison.candidates.size() == 1 ? "candidate" : fmt::format("run {}", i + 1);
        text += fmt::format("  {:<9}  {}\n", name, terminal_text(comparison.candidates[i], 400));
    }
    return text;
}

/// What is open for the same reason in the same place.
struct OpenFigures {
    std::string place, question;
    std::vector<std::string> metrics;
};

std::vector<OpenFigures> open_figures(const RunComparison& comparison) {
    std::vector<OpenFigures> open;
    for (const auto& row : comparison.rows) {
        for (std::size_t i = 0; row.gated && i < row.figures.size(); ++i) {
            const auto reason = open_question(row.figures[i]);
            if (reason.empty()) continue;
            const auto place = place_of(row, i);
            const auto question =
                fmt::format("{}, {}", row.figures[i].is_compared() ? "undecided" : "not compared", reason);
            auto same = std::ranges::find_if(
                open, [&](const auto& known) { return known.place == place && known.question == question; });
            if (same == open.end()) same = open.insert(open.end(), {place, question, {}});
            same->metrics.push_back(row.metric);
        }
    }
    return open;
}

/// `ttft.p95, tpot.p95 of gateway in steady: undecided, about 400 more requests in each run would tell.`
std::vector<std::string> open_remarks(const RunComparison& comparison) {
    std::vector<std::string> remarks;
    for (const auto& [place, question, metrics] : open_figures(comparison)) {
        remarks.push_back(
            fmt::format("{} of {}: {}.", fmt::join(metrics, ", "), place, terminal_text(question, 200)));
    }
    return remarks;
}

constexpr auto within_run_remark =
    "Within these runs only: what differs from run to run is known from three baseline runs on.";

/// Sentences on what the tables leave open.
std::vector<std::string> remarks(const RunComparison& comparison) {
    auto remarks = comparison.notes;
    const auto open = open_remarks(comparison);
    remarks.insert(remarks.end(), open.begin(), open.end());
    if (comparison.within_run()) remarks.emplace_back(within_run_remark);
    if (comparison.gated() > 0)
        remarks.emplace_back("* gated: the verdict allows for all of them being looked at together.");
    return remarks;
}

// Of a finished run and its baseline.

constexpr std::size_t most_gated_rows = 12, most_remarks = 4;

/// What needs attention first: worse, undecided, better, the same.
int rank(const RunComparisonRow& row) {
    constexpr int ranks[]{2, 0, 3, 1};
    return ranks[static_cast<std::size_t>(row.figures.front().verdict.kind)];
}

std::vector<const RunComparisonRow*> rows_to_show(const RunComparison& comparison, std::size_t& left_out) {
    std::vector<const RunComparisonRow*> rows;
    for (const auto& row : comparison.rows) {
        if (row.gated && !row.figures.empty()) rows.push_back(&row);
    }
    left_out = 0;
    if (rows.size() <= most_gated_rows) return rows;
    std::ranges::stable_sort(rows, {}, [](const auto* row) { return rank(*row); });
    left_out = rows.size() - most_gated_rows;
    rows.resize(most_gated_rows);
    return rows;
}

TextTable gated_table(const std::vector<const RunComparisonRow*>& rows) {
    TextTable table({{"", "", true, INT_MAX},
                     {"", "on", true, 3},
                     {"", "baseline", false, 4},
                     {"", "this run", false, 5},
                     {"", "change", false, 6},
                     {"", "95 % interval", false, 2},
                     {"", "", true, INT_MAX}});
    for (const auto* row : rows) {
        const auto& figure = row->figures.front();
        const auto size = figure.size();
        table.add({{terminal_text(row->metric, 40)},
                   {terminal_text(place_text(row->target, row->phase), 40), Shade::dim},
                   {figure_text(row->base, row->is_share)},
                   {figure_text(figure.value, row->is_share)},
                   {size ? change_text(*size, row->is_share) : "-"},
                   {interval_text(figure, row->is_share), Shade::dim},
                   verdict_cell(figure)});
    }
    return table;
}

/// What changed though no gate looks at it.
std::string ungated_remark(const RunComparison& comparison) {
    std::vector<std::string> worse;
    for (const auto& row : comparison.rows) {
        const bool is_worse =
            !row.gated && !row.figures.empty() && row.figures.front().verdict.kind == ChangeKind::worse;
        if (is_worse) worse.push_back(fmt::format("{} of {}", row.metric, place_of(row)));
    }
    if (worse.empty()) return "";
    const auto more = worse.size() > 3 ? fmt::format(" and {} more", worse.size() - 3) : "";
    worse.resize(std::min<std::size_t>(worse.size(), 3));
    return fmt::format("Worse too, though not gated: {}{}.", fmt::join(worse, ", "), more);
}

std::vector<std::string> baseline_remarks(const RunComparison& comparison, std::size_t left_out) {
    std::vector<std::string> remarks;
    if (left_out > 0) remarks.push_back(fmt::format("{} more gated figures are in the report.", left_out));
    const auto open = open_remarks(comparison);
    for (std::size_t i = 0; i < std::min(open.size(), most_remarks); ++i)
        remarks.push_back(open[i]);
    if (auto ungated = ungated_remark(comparison); !ungated.empty()) remarks.push_back(std::move(ungated));
    remarks.insert(remarks.end(), comparison.notes.begin(), comparison.notes.end());
    if (comparison.within_run()) remarks.emplace_back(within_run_remark);
    return remarks;
}

}  // namespace

std::string run_comparison_text(const RunComparison& comparison, const TerminalStyle& style) {
    const auto width = static_cast<std::size_t>(std::max(style.width, 40));
    const Shade shade = comparison.regressed() ? Shade::bad : Shade::bold;
    auto text = shaded(wrapped(headline(comparison), width, 0), shade, style.colour) + "\n";
    text += header(comparison);
    for (auto row = comparison.rows.begin(); row != comparison.rows.end();) {
        std::vector<const RunComparisonRow*> group;
        const auto* const first = &*row;
        for (; row != comparison.rows.end() && row->target == first->target && row->phase == first->phase;
             ++row)
            group.push_back(&*row);
        text += fmt::format("\n{}\n", place_of(*first));
        const auto candidates = comparison.candidates.size();
        text += candidates == 1 ? table_of_one(group).draw(width, indent, style.colour)
                                : tables_of_many(group, candidates, width, style.colour);
    }
    text += "\n";
    for (const auto& remark : remarks(comparison))
        text += wrapped(terminal_text(remark), width, indent) + "\n";
    return text;
}

std::string baseline_text(const RunComparison& comparison, const TerminalStyle& style) {
    const auto width = static_cast<std::size_t>(std::max(style.width, 40));
    const auto title =
        fmt::format("Against the baseline {}",
                    terminal_text(fmt::format("{}", fmt::join(comparison.baselines, ", ")), 400));
    auto text = "\n" + shaded(wrapped(title, width, 2), Shade::bold, style.colour) + "\n";
    std::size_t left_out = 0;
    const auto rows = rows_to_show(comparison, left_out);
    if (!rows.empty()) text += gated_table(rows).draw(width, indent, style.colour);
    for (const auto& remark : baseline_remarks(comparison, left_out)) {
        // The dot stands for the indent, which wrapping would drop.
        const auto body = wrapped(". " + terminal_text(remark), width, indent);
        text += "  " + body.substr(std::min<std::size_t>(body.size(), 2)) + "\n";
    }
    return text;
}

}  // namespace streamgauge::report
