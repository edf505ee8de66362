#include "report/summary/compared_figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace streamgauge::report {
namespace {

using scenarios::Condition;
using scenarios::Unit;

double distance(double a, double b) {
    return std::hypot(a, b);
}

/// MOVER: the lower end lies below by the lower arm of the one and the upper arm of the other.
void add_interval(const Figure& target, const Figure& base, Figure& difference) {
    if (target.low && base.high)
        difference.low = difference.value - distance(target.value - *target.low, *base.high - base.value);
    if (target.high && base.low)
        difference.high = difference.value + distance(*target.high - target.value, base.value - *base.low);
}

Figure of_target(Figure figure, const std::string& name) {
    figure.reason = fmt::format("{}: {}", name, figure.reason);
    return figure;
}

/// `30ms`, `-1.2ms`.
std::string signed_duration(double ns) {
    return fmt::format("{}{}", ns < 0 ? "-" : "", format_value(std::abs(ns), Unit::duration));
}

const PairSummary* pairs_of(const GroupSummary& group, const Summary& summary) {
    const auto found = std::ranges::find_if(summary.comparisons, [&](const PairSummary& pair) {
        return pair.target == group.target && pair.phase == group.phase;
    });
    return found == summary.comparisons.end() ? nullptr : &*found;
}

Figure pair_figure(const PairSummary& pair, const Condition& condition) {
    if (condition.statistic != "p95" && condition.statistic != "mean") {
        return Figure::missing(fmt::format("a pair tells hold.p95 and hold.mean; hold.{} needs server stamps",
                                           condition.statistic));
    }
    const auto& found = condition.statistic == "p95" ? pair.hold_p95 : pair.hold_mean;
    if (!found) return Figure::missing(pair.sentence);
    Figure figure;
    figure.kind = Figure::Kind::measured;
    figure.value = static_cast<double>(found->value.count());
    figure.low = static_cast<double>(found->low.count());
    figure.high = static_cast<double>(found->high.count());
    figure.text = format_value(figure.value, Unit::duration);
    return figure;
}

}  // namespace

bool is_mere_base(const GroupSummary& group, const Summary& summary) {
    return !group.metrics.contains("hold") &&
           std::ranges::any_of(summary.comparisons,
                               [&](const PairSummary& pair) { return pair.base == group.target; });
}

Figure hold_figure(const scenarios::Expectation& expectation, const GroupSummary& group,
                   const Summary& summary) {
    const Condition& condition = expectation.condition;
    if (is_mere_base(group, summary)) {
        return Figure::missing(
            fmt::format("{} is what the others are compared with; its own hold needs server "
                        "stamps",
                        group.target));
    }
    const bool stamped = group.metrics.contains("hold");
    const auto* pair = pairs_of(group, summary);
    Figure stamps = figure_of(group, condition);
    if (stamped && (stamps.kind != Figure::Kind::missing || pair == nullptr)) return stamps;
    if (pair != nullptr) return pair_figure(*pair, condition);
    if (group.due == 0) return stamps;
    return Figure::missing(
        "`hold` is measured against server stamps or another target; compare two targets "
        "(`compare`), or gate on `hold_estimated`, what one client can tell by itself");
}

Figure delta_figure(const scenarios::Expectation& expectation, const GroupSummary& group,
                    const Summary& summary) {
    const auto& names = *expectation.delta;
    const auto other = std::ranges::find_if(summary.groups, [&](const GroupSummary& each) {
        return each.target == names.base && each.phase == group.phase;
    });
    if (other == summary.groups.end()) return Figure::missing(fmt::format("{} was not measured", names.base));
    const Figure target = figure_of(group, expectation.condition);
    const Figure base = figure_of(*other, expectation.condition);
    if (target.kind == Figure::Kind::missing) return of_target(target, names.target);
    if (base.kind == Figure::Kind::missing) return of_target(base, names.base);
    if (base.kind == Figure::Kind::above) {
        return Figure::missing(
            fmt::format("{}: too many requests were cut before the figure was known", names.base));
    }
    Figure difference;
    difference.kind = target.kind;
    difference.value = target.value - base.value;
    const bool above = target.kind == Figure::Kind::above;
    difference.text = (above ? "> " : "") + signed_duration(difference.value);
    if (!above) add_interval(target, base, difference);
    return difference;
}

}  // namespace streamgauge::report
