#include "report/summary/run_comparison.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace streamgauge::report {
namespace {

template <typename Take>
void for_each_gated(const RunComparison& comparison, Take&& take) {
    for (const auto& row : comparison.rows) {
        if (!row.gated) continue;
        for (const auto& figure : row.figures)
            take(row, figure);
    }
}

}  // namespace

std::optional<double> RunDifference::size() const {
    return change ? std::optional(change->change) : bare_change;
}

std::size_t RunComparison::count(ChangeKind kind) const {
    std::size_t found = 0;
    for_each_gated(*this, [&](const auto&, const RunDifference& figure) {
        found += figure.verdict.kind == kind ? 1 : 0;
    });
    return found;
}

std::size_t RunComparison::gated() const {
    std::size_t found = 0;
    for_each_gated(*this, [&](const auto&, const RunDifference&) { ++found; });
    return found;
}

bool RunComparison::within_run() const {
    const auto within = [](const RunDifference& figure) {
        return figure.change && figure.change->within_run;
    };
    return std::ranges::any_of(
        rows, [&](const RunComparisonRow& row) { return std::ranges::any_of(row.figures, within); });
}

std::optional<Regression> worst_regression(const RunComparison& comparison) {
    std::optional<Regression> worst;
    for_each_gated(comparison, [&](const RunComparisonRow& row, const RunDifference& figure) {
        if (figure.verdict.kind != ChangeKind::worse) return;
        if (!worst || figure.p_value < worst->figure->p_value) worst = Regression{&row, &figure};
    });
    return worst;
}

std::string figure_text(const std::optional<double>& value, bool is_share) {
    if (!value) return "-";
    if (is_share) return fmt::format("{:.2f} %", *value * 100);
    if (std::isinf(*value)) return "timed out";
    return scenarios::format_duration(std::chrono::nanoseconds(std::llround(*value)));
}

std::string change_text(double change, bool is_share) {
    if (std::isinf(change)) return change < 0 ? "below" : "above";
    const double least = is_share ? 0.00005 : 0.0005;  // what rounds to nothing has no sign
    if (std::abs(change) < least) change = 0;
    return is_share ? fmt::format("{:+.2f} points", change * 100) : fmt::format("{:+.1f} %", change * 100);
}

std::string interval_text(const RunDifference& figure, bool is_share) {
    const auto& change = figure.change;
    if (!change || change->beyond) return "";
    const auto low = change_text(change->low, is_share), high = change_text(change->high, is_share);
    if (!is_share) return fmt::format("{} .. {}", low, high);
    return fmt::format("{} .. {}", low.substr(0, low.find(' ')), high.substr(0, high.find(' ')));
}

std::string difference_text(const RunComparisonRow& row, const RunDifference& figure) {
    auto text =
        fmt::format("{} to {}", figure_text(row.base, row.is_share), figure_text(figure.value, row.is_share));
    if (const auto size = figure.size(); size && std::isfinite(*size))
        text += ", " + change_text(*size, row.is_share);
    const auto interval = interval_text(figure, row.is_share);
    return interval.empty() ? text : text + fmt::format(" (95 % interval {})", interval);
}

std::string subject_of(const RunComparisonRow& row) {
    return fmt::format("{} on {} in {}", row.metric, row.target, row.phase);
}

std::string open_question(const RunDifference& figure) {
    if (!figure.change) return figure.reason;
    if (figure.verdict.kind != ChangeKind::undecided) return "";
    if (const auto more = figure.verdict.more_requests)
        return fmt::format("about {} more requests in each run would tell", *more);
    return figure.change->within_run ? "" : "the runs differ by as much among themselves";
}

}  // namespace streamgauge::report
