#include "report/comparison/run_observations.h"

#include "report/model/nearest_rank.h"
#include "report/stats/block_bootstrap.h"
#include "report/stats/sample_size.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;

std::optional<double> value_of(const ComparedMetric& metric, const RequestMetrics& request) {
    if (metric.is_share()) {
        if (request.outcome == Outcome::cancelled) return std::nullopt;
        return is_error(request.outcome) ? 1.0 : 0.0;
    }
    const auto sample = sample_of(*metric.metric, request);
    if (sample.kind == Sample::Kind::none) return std::nullopt;
    if (sample.kind == Sample::Kind::censored) return censored_value;
    return static_cast<double>(sample.value.count());
}

/// The bare figure of at least one observation.
double value_of(const ComparedMetric& metric, const BlockedSample& sample) {
    if (!metric.is_share()) return sample.values[nearest_rank(metric.quantile, sample.size()) - 1].value;
    double hits = 0;
    for (const auto& each : sample.values)
        hits += each.value;
    return hits / static_cast<double>(sample.size());
}

}  // namespace

void GroupObservations::add(const RequestMetrics& request, const std::vector<ComparedMetric>& metrics) {
    first_ = std::min(first_.value_or(request.start), request.start);
    last_ = std::max(last_.value_or(request.start), request.start);
    if (request.outcome == Outcome::completed && request.e2e) e2e_.push_back(*request.e2e);
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        if (const auto value = value_of(metrics[i], request))
            by_metric_[i].push_back({request.start, *value});
    }
}

nanoseconds GroupObservations::median_e2e() const {
    if (e2e_.empty()) return nanoseconds{0};
    auto values = e2e_;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

FigureOrReason GroupObservations::figure(const std::vector<ComparedMetric>& metrics, std::size_t at,
                                         std::uint64_t seed) const {
    const auto& metric = metrics[at];
    const auto& observations = by_metric_[at];
    if (observations.empty()) return {std::nullopt, std::nullopt, "not measured"};
    const auto length = block_length(*last_ - *first_, median_e2e());
    const auto sample = into_blocks(observations, length);
    const auto value = value_of(metric, sample);
    const auto least = metric.is_share() ? 1 : minimum_samples(metric.quantile);
    if (observations.size() < least)
        return {std::nullopt, value, fmt::format("{} requests, {} needed", observations.size(), least)};
    auto figure = metric.is_share() ? share_figure(sample) : quantile_figure(sample, metric.quantile, seed);
    if (figure) return {figure, figure->value, ""};
    return {std::nullopt, value,
            fmt::format("the phase is too short: {} blocks of {}, {} needed", sample.blocks,
                        scenarios::format_duration(length), minimum_blocks)};
}

RunObservations::RunObservations(std::string label, const scenarios::Scenario& scenario,
                                 const std::vector<ComparedMetric>& metrics)
    : label_(std::move(label)), metrics_(metrics) {
    for (const auto& target : scenario.targets)
        targets_.push_back(target.name);
    for (const auto& phase : scenario.load) {
        phases_.push_back(phase.name);
        warmup_.push_back(phase.warmup);
    }
    for (const auto& target : targets_) {
        for (std::size_t phase = 0; phase < phases_.size(); ++phase) {
            if (!warmup_[phase]) groups_.emplace_back(target, phases_[phase]);
        }
    }
}

void RunObservations::add(const RequestMetrics& request) {
    if (request.target >= targets_.size() || request.phase >= phases_.size() || warmup_[request.phase])
        return;
    const Key key{targets_[request.target], phases_[request.phase]};
    observations_.try_emplace(key, metrics_.size()).first->second.add(request, metrics_);
}

const GroupObservations* RunObservations::find(const Key& group) const {
    const auto found = observations_.find(group);
    return found == observations_.end() ? nullptr : &found->second;
}

}  // namespace streamgauge::report
