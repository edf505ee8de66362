#include "report/summary/figure.h"

#include "report/stats/sample_size.h"
#include "report/stats/wilson_interval.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace streamgauge::report {

namespace {

using scenarios::Condition;
using scenarios::Unit;

Figure measured(double value, Unit unit) {
    Figure figure;
    figure.kind = Figure::Kind::measured;
    figure.value = value;
    figure.text = format_value(value, unit);
    return figure;
}

Figure above(nanoseconds value) {
    Figure figure;
    figure.kind = Figure::Kind::above;
    figure.value = static_cast<double>(value.count());
    figure.text = "> " + scenarios::format_duration(value);
    return figure;
}

Figure duration(nanoseconds value) {
    return measured(static_cast<double>(value.count()), Unit::duration);
}

std::optional<double> ns(const std::optional<nanoseconds>& value) {
    return value ? std::optional(static_cast<double>(value->count())) : std::nullopt;
}

/// `p99.9` is 0.999.
std::optional<double> parse_percentile(std::string_view statistic) {
    if (!statistic.starts_with('p')) return std::nullopt;
    double percent = 0;
    const auto* end = statistic.data() + statistic.size();
    const auto [stopped, error] = std::from_chars(statistic.data() + 1, end, percent);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    return percent / 100;
}

Figure percentile_figure(const MetricSummary& metric, double quantile, const Condition& condition) {
    for (const Percentile& percentile : metric.percentiles) {
        if (std::abs(percentile.quantile - quantile) > 1e-9) continue;
        const std::uint64_t samples = metric.count + metric.censored;
        if (!percentile.enough_samples) {
            return Figure::missing(fmt::format("{}.{} needs at least {} samples and has {}", condition.metric,
                                               condition.statistic, minimum_samples(quantile), samples));
        }
        Figure figure = percentile.value ? duration(*percentile.value)
                                         : above(metric.censored_above.value_or(nanoseconds{0}));
        figure.low = ns(percentile.low);
        figure.high = ns(percentile.high);
        return figure;
    }
    return Figure::missing(fmt::format("{} is not among the percentiles", condition.statistic));
}

/// The mean is at least what it would be if every censored request had come the moment it was cut; more is
/// not known.
Figure mean_figure(const MetricSummary& metric) {
    const double sum = metric.mean_ns.value_or(0) * static_cast<double>(metric.count);
    if (metric.censored == 0) return measured(sum / static_cast<double>(metric.count), Unit::duration);
    const auto cut = static_cast<double>(metric.censored_above.value_or(nanoseconds{0}).count());
    const double least = (sum + cut * static_cast<double>(metric.censored)) /
                         static_cast<double>(metric.count + metric.censored);
    return above(nanoseconds{std::llround(least)});
}

Figure metric_figure(const MetricSummary& metric, const Condition& condition) {
    const std::string_view statistic = condition.statistic;
    if (const auto quantile = parse_percentile(statistic))
        return percentile_figure(metric, *quantile, condition);
    if (statistic == "mean") return mean_figure(metric);
    if (statistic == "max") {
        if (metric.censored > 0) return above(metric.censored_above.value_or(nanoseconds{0}));
        return duration(*metric.max);
    }
    if (metric.count == 0) return Figure::missing("every request was cut before the moment came");
    if (statistic == "min") return duration(*metric.min);
    if (statistic == "stddev") return measured(*metric.stddev_ns, Unit::duration);
    return Figure::missing(fmt::format("`{}` needs a statistic, such as p95", condition.metric));
}

Figure share_figure(const Share& share, nanoseconds duration, Unit unit) {
    if (unit == Unit::count) return measured(static_cast<double>(share.count), unit);
    if (unit == Unit::rate) {
        if (duration <= nanoseconds{0}) return Figure::missing("the phase did not take place");
        return measured(static_cast<double>(share.count) / std::chrono::duration<double>(duration).count(),
                        unit);
    }
    if (share.of == 0) return Figure::missing("no request was due");
    Figure figure = measured(share.value(), Unit::ratio);
    figure.text += fmt::format(" ({} of {})", share.count, share.of);
    const auto interval = wilson_interval(share.count, share.of);
    figure.low = interval.low;
    figure.high = interval.high;
    return figure;
}

Figure buffering_figure(const GroupSummary& group) {
    const BufferingVerdict& verdict = group.buffering.verdict;
    if (verdict.kind == BufferingKind::insufficient || verdict.kind == BufferingKind::unclear) {
        return Figure::missing(verdict.evidence.empty()
                                   ? "too few events to tell whether streams are held back"
                                   : verdict.evidence);
    }
    Figure figure;
    figure.kind = Figure::Kind::word;
    figure.text = describe(verdict);
    return figure;
}

Figure optional_figure(const std::optional<double>& value, Unit unit) {
    return value ? measured(*value, unit) : Figure::missing("no stream had tokens");
}

Figure throughput_figure(const GroupSummary& group, const Condition& condition) {
    if (group.duration <= nanoseconds{0}) return Figure::missing("the phase did not take place");
    if (condition.statistic == "requests") return measured(group.requests_per_second, condition.unit);
    if (condition.statistic == "events") return measured(group.events_per_second, condition.unit);
    if (condition.statistic == "tokens") return measured(group.tokens_per_second, condition.unit);
    return Figure::missing(fmt::format("there is no throughput of `{}`", condition.statistic));
}

Figure outcome_figure(const GroupSummary& group, const Condition& condition) {
    const auto outcome = parse_outcome(condition.statistic);
    if (!outcome) return Figure::missing(fmt::format("there is no outcome `{}`", condition.statistic));
    const Share share{group.outcomes[static_cast<std::size_t>(*outcome)], group.due};
    return share_figure(share, group.duration, condition.unit);
}

/// Figures that are one number for the group.
std::optional<Figure> single_figure(const GroupSummary& group, const Condition& condition) {
    const std::string_view name = condition.metric;
    const Unit unit = condition.unit;
    if (name == "errors") return share_figure(group.errors, group.duration, unit);
    if (name == "jank") return optional_figure(group.jank_mean, unit);
    if (name == "fluidity") return optional_figure(group.fluidity_mean, unit);
    if (name == "stalls") return measured(static_cast<double>(group.stalls), unit);
    if (name == "throughput") return throughput_figure(group, condition);
    if (name == "outcome") return outcome_figure(group, condition);
    return std::nullopt;
}

}  // namespace

Figure Figure::missing(std::string why) {
    Figure figure;
    figure.reason = std::move(why);
    return figure;
}

Figure figure_of(const GroupSummary& group, const Condition& condition, std::size_t goodput) {
    if (group.due == 0) return Figure::missing("no request was due");
    if (condition.metric == "buffering") return buffering_figure(group);
    if (condition.metric == "goodput") {
        if (goodput >= group.goodputs.size()) return Figure::missing("goodput was not counted");
        return share_figure(group.goodputs[goodput], group.duration, condition.unit);
    }
    if (const auto metric = group.metrics.find(condition.metric); metric != group.metrics.end()) {
        return metric_figure(metric->second, condition);
    }
    if (auto figure = single_figure(group, condition)) return *std::move(figure);
    return Figure::missing(fmt::format("no request has a value of `{}`", condition.metric));
}

std::string format_value(double value, Unit unit) {
    switch (unit) {
        case Unit::duration:
            return scenarios::format_duration(nanoseconds{std::llround(value)});
        case Unit::ratio:
            return fmt::format("{:.3g}%", value * 100);
        case Unit::rate:
            return fmt::format("{:.3g}/s", value);
        case Unit::count:
        case Unit::word:
            break;
    }
    return fmt::format("{:.6g}", value);
}

std::string describe(const BufferingVerdict& verdict) {
    std::string name(to_string(verdict.kind));
    std::replace(name.begin(), name.end(), '_', ' ');
    std::vector<std::string> parts;
    if (verdict.timer_period)
        parts.push_back("timer of " + scenarios::format_duration(*verdict.timer_period));
    if (verdict.window_tokens) parts.push_back(fmt::format("window of {} tokens", *verdict.window_tokens));
    if (verdict.block_bytes) parts.push_back(fmt::format("block of {} bytes", *verdict.block_bytes));
    return parts.empty() ? name : fmt::format("{}", fmt::join(parts, " or "));
}

}  // namespace streamgauge::report
