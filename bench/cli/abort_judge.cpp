#include "bench/cli/abort_judge.h"

#include "report/model/nearest_rank.h"
#include "report/summary/figure.h"

#include <utility>

namespace streamgauge::cli {

namespace {

using report::Figure;
using scenarios::Comparator;
using scenarios::Condition;
using scenarios::Unit;

Figure errors_of(const EndedRequests& ended) {
    if (ended.counted == 0) return Figure::missing("no request ended");
    Figure figure;
    figure.kind = Figure::Kind::measured;
    figure.value = static_cast<double>(ended.errors) / static_cast<double>(ended.counted);
    figure.text = report::format_value(figure.value, Unit::ratio);
    return figure;
}

/// `p99.9` is 0.999, `max` is 1.
double quantile_of(const std::string& statistic) {
    return statistic == "max" ? 1 : std::stod(statistic.substr(1)) / 100;
}

Figure ttft_of(const EndedRequests& ended, const std::string& statistic) {
    if (ended.ttft.size() == 0) return Figure::missing("no first token came");
    const auto rank = report::nearest_rank(quantile_of(statistic), ended.ttft.size());
    const auto value = ended.ttft.at_rank(rank);
    Figure figure;
    figure.kind = value ? Figure::Kind::measured : Figure::Kind::above;
    const auto at_least = value ? value : ended.ttft.cut_after;
    figure.value = static_cast<double>(at_least.value_or(std::chrono::nanoseconds{0}).count());
    figure.text = (value ? "" : "> ") + report::format_value(figure.value, Unit::duration);
    return figure;
}

Figure figure_of(const EndedRequests& ended, const Condition& condition) {
    return condition.metric == "errors" ? errors_of(ended) : ttft_of(ended, condition.statistic);
}

/// A figure that is only known to be above the wait of a request that was cut breaks a limit at that wait.
bool breaks(const Figure& figure, const Condition& condition) {
    const bool equal_counts =
        condition.comparator == Comparator::greater_or_equal || figure.kind == Figure::Kind::above;
    return equal_counts ? figure.value >= condition.value : figure.value > condition.value;
}

}  // namespace

void EndedRequests::merge(const EndedRequests& other) {
    counted += other.counted;
    errors += other.errors;
    ttft.merge(other.ttft);
}

AbortJudge::AbortJudge(std::vector<scenarios::AbortCondition> conditions, std::vector<std::string> targets)
    : conditions_(std::move(conditions)), targets_(std::move(targets)) {
    for (std::size_t condition = 0; condition < conditions_.size(); ++condition) {
        for (std::size_t target = 0; target < targets_.size(); ++target)
            watched_.push_back({condition, target, std::nullopt});
    }
}

std::optional<report::RunInfo::Abort> AbortJudge::judge(std::chrono::nanoseconds now,
                                                        std::span<const EndedRequests> ended) {
    std::optional<report::RunInfo::Abort> strike;
    for (Watched& watched : watched_) {
        const auto& condition = conditions_[watched.condition];
        const Figure figure = figure_of(ended[watched.target], condition.condition);
        if (figure.kind == Figure::Kind::missing) continue;
        if (!breaks(figure, condition.condition)) {
            watched.broken_since.reset();
            continue;
        }
        watched.broken_since = watched.broken_since.value_or(turn_before_);
        if (strike || now - *watched.broken_since < condition.held_for) continue;
        strike = {condition.text, targets_[watched.target], now, figure.text};
    }
    turn_before_ = now;
    return strike;
}

}  // namespace streamgauge::cli
