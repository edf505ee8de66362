#include "report/export/run_comparison_text.h"

#include "report/export/escape.h"
#include "report/export/text_table.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace streamgauge::report {
namespace {

constexpr std::size_t indent = 2;

std::string value_text(const std::optional<double>& value, bool is_share) {
    if (!value) return "-";
    if (is_share) return fmt::format("{:.2f} %", *value * 100);
    if (std::isinf(*value)) return "timed out";
    return scenarios::format_duration(std::chrono::nanoseconds(std::llround(*value)));
}

/// `+12.3 %`, or of shares `+0.42 points`.
std::string change_text(double change, bool is_share) {
    if (std::isinf(change)) return change < 0 ? "below" : "above";
    return is_share ? fmt::format("{:+.2f}", change * 100) : fmt::format("{:+.1f} %", change * 100);
}

std::string interval_text(const Change& change, bool is_share) {
    if (change.beyond) return "";
    return fmt::format("{} .. {}", change_text(change.low, is_share), change_text(change.high, is_share));
}

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

TextTable::Cell verdict_cell(const ComparedFigure& figure) {
    if (!figure.change) return {"not compared", Shade::dim};
    return {std::string(to_string(figure.verdict.kind)), shade_of(figure.verdict.kind)};
}

std::string metric_text(const ComparedRow& row) {
    return row.gated ? row.metric + " *" : row.metric;
}

TextTable table_of_one(const std::vector<const ComparedRow*>& rows) {
    TextTable table({{"", "metric", true, INT_MAX},
                     {"", "base", false, 3},
                     {"", "candidate", false, 2},
                     {"", "change", false, 5},
                     {"", "95 % interval", false, 1},
                     {"", "verdict", true, 4}});
    for (const auto* row : rows) {
        const auto& figure = row->figures.front();
        const auto& change = figure.change;
        table.add({{metric_text(*row)},
                   {value_text(row->base, row->is_share)},
                   {value_text(figure.value, row->is_share)},
                   {change ? change_text(change->change, row->is_share) : "-"},
                   {change ? interval_text(*change, row->is_share) : ""},
                   verdict_cell(figure)});
    }
    return table;
}

TextTable table_of_many(const std::vector<const ComparedRow*>& rows, std::size_t candidates) {
    std::vector<TextTable::Column> columns{{"", "metric", true, INT_MAX}, {"", "base", false, INT_MAX}};
    for (std::size_t i = 1; i <= candidates; ++i)
        columns.push_back({"", fmt::format("run {}", i), false, static_cast<int>(candidates - i)});
    TextTable table(std::move(columns));
    for (const auto* row : rows) {
        std::vector<TextTable::Cell> cells{{metric_text(*row)}, {value_text(row->base, row->is_share)}};
        for (const auto& figure : row->figures) {
            auto text = value_text(figure.value, row->is_share);
            if (figure.change) {
                text += fmt::format(" ({}, {})", change_text(figure.change->change, row->is_share),
                                    to_string(figure.verdict.kind));
            }
            cells.push_back({std::move(text), figure.change ? shade_of(figure.verdict.kind) : Shade::dim});
        }
        table.add(std::move(cells));
    }
    return table;
}

std::string place_of(const ComparedRow& row) {
    return terminal_text(row.target, 80) + " in " + terminal_text(row.phase, 80);
}

std::size_t count(const Comparison& comparison, ChangeKind kind) {
    std::size_t found = 0;
    for (const auto& row : comparison.rows) {
        if (!row.gated) continue;
        for (const auto& figure : row.figures)
            found += figure.verdict.kind == kind ? 1 : 0;
    }
    return found;
}

/// What is worst of the gated figures, in a few words.
std::string worst_of(const Comparison& comparison) {
    const ComparedRow* worst = nullptr;
    const ComparedFigure* by = nullptr;
    for (const auto& row : comparison.rows) {
        for (const auto& figure : row.figures) {
            if (!row.gated || figure.verdict.kind != ChangeKind::worse) continue;
            if (by == nullptr || figure.p_value < by->p_value) worst = &row, by = &figure;
        }
    }
    if (worst == nullptr) return "";
    return fmt::format("{} of {} went from {} to {}", worst->metric, place_of(*worst),
                       value_text(worst->base, worst->is_share), value_text(by->value, worst->is_share));
}

std::string headline(const Comparison& comparison) {
    const auto worse = count(comparison, ChangeKind::worse), better = count(comparison, ChangeKind::better);
    const auto undecided = count(comparison, ChangeKind::undecided);
    if (std::ranges::none_of(comparison.rows, &ComparedRow::gated))
        return "Not compared: the runs have none of the gated metrics in common.";
    if (worse > 0) {
        return fmt::format("Worse: {} ({} gated, {} worse).", worst_of(comparison),
                           count(comparison, ChangeKind::same) + worse + better + undecided, worse);
    }
    if (undecided > 0) {
        return fmt::format("Undecided: {} of the gated figures could be the same or not; none is worse.",
                           undecided);
    }
    if (better > 0) return fmt::format("Better: {} of the gated figures; none is worse.", better);
    return "The same: no gated figure changed by more than the floor.";
}

std::string header(const Comparison& comparison) {
    std::string text;
    for (const auto& run : comparison.baselines)
        text += fmt::format("  base       {}\n", terminal_text(run, 400));
    for (std::size_t i = 0; i < comparison.candidates.size(); ++i) {
        const auto name = comparison.candidates.size() == 1 ? "candidate" : fmt::format("run {}", i + 1);
        text += fmt::format("  {:<9}  {}\n", name, terminal_text(comparison.candidates[i], 400));
    }
    return text;
}

/// Sentences on what the tables leave open.
std::vector<std::string> remarks(const Comparison& comparison) {
    auto remarks = comparison.notes;
    bool within = false, gated = false;
    for (const auto& row : comparison.rows) {
        gated = gated || row.gated;
        for (const auto& figure : row.figures) {
            if (figure.change && figure.change->within_run) within = true;
            if (figure.verdict.more_requests && figure.verdict.kind == ChangeKind::undecided && row.gated) {
                remarks.push_back(fmt::format("{} of {}: about {} more requests in each run would tell.",
                                              row.metric, place_of(row), *figure.verdict.more_requests));
            } else if (!figure.change && row.gated) {
                remarks.push_back(fmt::format("{} of {}: not compared, {}.", row.metric, place_of(row),
                                              terminal_text(figure.reason, 200)));
            }
        }
    }
    if (within) {
        remarks.emplace_back(
            "Within these runs only: what differs from run to run is known from three "
            "baseline runs on.");
    }
    if (gated) remarks.emplace_back("* gated: the verdict allows for all of them being looked at together.");
    return remarks;
}

}  // namespace

std::string run_comparison_text(const Comparison& comparison, const TerminalStyle& style) {
    const auto width = static_cast<std::size_t>(std::max(style.width, 40));
    const Shade shade = comparison.regressed() ? Shade::bad : Shade::bold;
    auto text = shaded(wrapped(headline(comparison), width, 0), shade, style.colour) + "\n";
    text += header(comparison);
    for (auto row = comparison.rows.begin(); row != comparison.rows.end();) {
        std::vector<const ComparedRow*> group;
        const auto* const first = &*row;
        for (; row != comparison.rows.end() && row->target == first->target && row->phase == first->phase;
             ++row)
            group.push_back(&*row);
        text += fmt::format("\n{}\n", place_of(*first));
        const auto candidates = comparison.candidates.size();
        const auto table = candidates == 1 ? table_of_one(group) : table_of_many(group, candidates);
        text += table.draw(width, indent, style.colour);
    }
    text += "\n";
    for (const auto& remark : remarks(comparison))
        text += wrapped(terminal_text(remark), width, indent) + "\n";
    return text;
}

}  // namespace streamgauge::report
