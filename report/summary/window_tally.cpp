#include "report/summary/window_tally.h"

#include "report/summary/figure.h"
#include "report/summary/judgement.h"
#include "report/summary/metric_series.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace streamgauge::report {

namespace {

using scenarios::Comparator;
using scenarios::Condition;
using std::chrono::nanoseconds;

std::optional<Metric> metric_named(const std::string& name) {
    for (std::size_t i = 0; i < metric_count; ++i) {
        if (metric_names[i] == name) return static_cast<Metric>(i);
    }
    return std::nullopt;
}

/// How bad a figure is, to be compared with others of the same condition.
using Badness = std::tuple<bool, bool, double>;

Badness badness(const Figure& figure, const Condition& condition, Judgement judgement) {
    const bool above = figure.kind == Figure::Kind::above;
    const bool missed = judgement == Judgement::missed;
    const double off = std::abs(figure.value - condition.value);
    if (wants_less(condition.comparator)) return {missed, above, figure.value};
    if (wants_more(condition.comparator)) return {missed, !above, -figure.value};
    return {missed, above, condition.comparator == Comparator::equal ? off : -off};
}

}  // namespace

void WindowTally::Window::merge(const Window& other) {
    due += other.due;
    count += other.count;
    mean.merge(other.mean);
    flow.merge(other.flow);
    values.merge(other.values);
}

WindowTally::WindowTally(const scenarios::Expectation& expectation, std::uint32_t phase, PhaseTime time)
    : condition_(expectation.condition),
      goodput_limits_(expectation.goodput_limits),
      length_(std::min(*expectation.window, 2 * time.duration() + nanoseconds{1})),
      phase_(phase),
      time_(time),
      metric_(metric_named(condition_.metric)) {
    if (condition_.metric == "outcome") outcome_ = parse_outcome(condition_.statistic);
}

void WindowTally::add(const RequestMetrics& request) {
    if (condition_.metric == "throughput") add_flow(request);
    if (request.phase != phase_) return;
    Window& into = window(index(request.start));
    if (request.outcome != Outcome::cancelled) ++into.due;
    if (metric_) into.values.record(sample(request));
    if (counts(request)) ++into.count;
    if (condition_.metric == "stalls") into.count += request.stalls;
    if (condition_.metric == "jank" && request.jank) into.mean.add(*request.jank);
    if (condition_.metric == "fluidity" && request.fluidity) into.mean.add(*request.fluidity);
}

void WindowTally::merge(const WindowTally& other) {
    if (other.windows_.size() > windows_.size()) windows_.resize(other.windows_.size());
    for (std::size_t i = 0; i < other.windows_.size(); ++i)
        windows_[i].merge(other.windows_[i]);
}

bool WindowTally::counts(const RequestMetrics& request) const {
    if (condition_.metric == "errors") return is_error(request.outcome);
    if (condition_.metric == "goodput") return meets(request, goodput_limits_);
    if (condition_.metric == "throughput") return request.outcome == Outcome::completed;
    return outcome_ && request.outcome == *outcome_;
}

/// The longest hold is that of any token, while a stream's sample is the p95 of its own.
Sample WindowTally::sample(const RequestMetrics& request) const {
    if (metric_ != Metric::hold || condition_.statistic != "max") return sample_of(*metric_, request);
    return request.hold_max ? Sample{Sample::Kind::measured, *request.hold_max} : Sample{};
}

void WindowTally::add_flow(const RequestMetrics& request) {
    if (!request.ttft || !request.e2e) return;
    const nanoseconds from = request.start + *request.ttft, to = request.start + *request.e2e;
    if (to < time_.begin || from >= time_.end) return;
    for (std::size_t i = index(from); i <= index(to); ++i)
        window(i).flow.add(request, time_of(i));
}

std::size_t WindowTally::index(nanoseconds moment) const {
    const auto last = (time_.duration() - nanoseconds{1}) / length_;
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>((moment - time_.begin) / length_, 0, std::max<std::int64_t>(last, 0)));
}

WindowTally::Window& WindowTally::window(std::size_t index) {
    if (index >= windows_.size()) windows_.resize(index + 1);
    return windows_[index];
}

PhaseTime WindowTally::time_of(std::size_t index) const {
    const auto begin = time_.begin + length_ * static_cast<std::int64_t>(index);
    return PhaseTime{begin, begin + length_}.until(time_.end);
}

/// A window as a group of its own, with what the condition speaks of.
GroupSummary WindowTally::group(std::size_t index, const PhaseTime& time) const {
    GroupSummary group;
    group.duration = time.duration();
    if (index >= windows_.size()) return group;
    const Window& window = windows_[index];
    group.due = window.due;
    if (metric_ && window.values.size() > 0)
        group.metrics.emplace(condition_.metric, summarize_values(window.values));
    group.errors = {window.count, window.due};
    group.goodputs = {group.errors};
    if (outcome_) group.outcomes[static_cast<std::size_t>(*outcome_)] = window.count;
    group.stalls = window.count;
    group.jank_mean = group.fluidity_mean = window.mean.mean();
    const auto seconds = std::chrono::duration<double>(group.duration).count();
    group.requests_per_second = static_cast<double>(window.count) / seconds;
    group.events_per_second = static_cast<double>(window.flow.token_events) / seconds;
    group.tokens_per_second = static_cast<double>(window.flow.tokens) / seconds;
    return group;
}

void WindowTally::summarize(nanoseconds run_end, WindowedSummary& into) const {
    std::optional<Badness> worst;
    const PhaseTime phase = time_.until(run_end);
    for (std::size_t i = 0; time_of(i).begin < phase.end; ++i) {
        const PhaseTime time = time_of(i).until(phase.end);
        if (time.duration() < length_ - time.duration()) break;
        ++into.windows;
        GroupSummary window = group(i, time);
        const Figure figure = figure_of(window, condition_);
        ExpectationResult result;
        judge_figure(figure, condition_, result);
        if (result.judgement == Judgement::not_measured) {
            if (into.reason.empty()) into.reason = result.reason;
            continue;
        }
        ++into.measured;
        if (result.judgement == Judgement::missed) ++into.missed;
        const Badness bad = badness(figure, condition_, result.judgement);
        if (worst && bad <= *worst) continue;
        worst = bad;
        into.worst_begin = time.begin - time_.begin;
        into.worst_end = time.end - time_.begin;
        into.worst = std::move(window);
    }
}

}  // namespace streamgauge::report
