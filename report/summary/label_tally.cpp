#include "report/summary/label_tally.h"

#include "report/summary/label_values.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace streamgauge::report {

namespace {

/// `(other)` and `(none)` come after what the server said.
int rank_of(std::string_view value) {
    return value == no_label_value ? 2 : value == other_label_value ? 1 : 0;
}

/// Most requests first.
bool goes_before(const LabelledGroup& a, const LabelledGroup& b) {
    return std::tuple(rank_of(a.value), b.due, std::string_view(a.value)) <
           std::tuple(rank_of(b.value), a.due, std::string_view(b.value));
}

}  // namespace

LabelTally::LabelTally(const scenarios::Scenario& scenario, std::vector<std::size_t> blocks)
    : labels_(scenario.labels), blocks_(std::move(blocks)) {
    if (labels_.empty()) return;
    for (const auto& target : scenario.targets)
        targets_.push_back(target.name);
    for (const auto& phase : scenario.load)
        warmup_.push_back(phase.warmup);
    buckets_.resize(labels_.size(), std::vector<Buckets>(targets_.size()));
}

LabelTally::Bucket& LabelTally::bucket_of(Buckets& buckets, std::string_view value) {
    const auto found = buckets.find(value);
    if (found != buckets.end()) return found->second;
    // The two that the server does not choose always have room.
    const auto chosen =
        std::ranges::count_if(buckets, [](const auto& bucket) { return rank_of(bucket.first) == 0; });
    const bool full = rank_of(value) == 0 && static_cast<std::size_t>(chosen) >= most_label_values;
    return buckets[std::string(full ? other_label_value : value)];
}

std::vector<MetricSeries>& LabelTally::series_of(Bucket& bucket, std::uint32_t phase) const {
    auto& series = bucket.phases[phase];
    if (series.empty()) series.resize(timed.size(), MetricSeries(blocks_[phase]));
    return series;
}

void LabelTally::add(const RequestMetrics& request, std::size_t block) {
    if (labels_.empty() || warmup_[request.phase] || request.outcome == Outcome::cancelled) return;
    for (std::size_t i = 0; i < labels_.size() && i < request.labels.size(); ++i) {
        Bucket& bucket = bucket_of(buckets_[i][request.target], request.labels[i]);
        ++bucket.due;
        if (is_error(request.outcome)) ++bucket.errors;
        auto& series = series_of(bucket, request.phase);
        for (std::size_t m = 0; m < timed.size(); ++m)
            series[m].record(block, sample_of(timed[m], request));
    }
}

void LabelTally::merge_bucket(const Bucket& from, Bucket& into) const {
    into.due += from.due;
    into.errors += from.errors;
    for (const auto& [phase, theirs] : from.phases) {
        auto& mine = series_of(into, phase);
        for (std::size_t m = 0; m < timed.size(); ++m)
            mine[m].merge(theirs[m]);
    }
}

void LabelTally::merge(const LabelTally& other) {
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        for (std::size_t t = 0; t < buckets_[i].size(); ++t) {
            for (const auto& [value, bucket] : other.buckets_[i][t])
                merge_bucket(bucket, bucket_of(buckets_[i][t], value));
        }
    }
}

LabelledGroup LabelTally::summarize_bucket(const Bucket& bucket, std::uint64_t seed) const {
    LabelledGroup group;
    group.due = bucket.due;
    group.errors = {bucket.errors, bucket.due};
    for (std::size_t m = 0; m < timed.size(); ++m) {
        std::vector<const MetricSeries*> phases;
        for (const auto& [phase, series] : bucket.phases)
            phases.push_back(&series[m]);
        auto metric = summarize_metric(phases, seed + m);
        if (metric.count + metric.censored == 0) continue;
        // Not drawn, and up to twenty times as many as of a target.
        metric.curve.clear();
        metric.histogram = {};
        group.metrics.emplace(to_string(timed[m]), std::move(metric));
    }
    return group;
}

void LabelTally::summarize(Summary& into, std::uint64_t seed) const {
    into.labels.clear();
    for (std::size_t i = 0; i < labels_.size(); ++i) {
        LabelSummary label{labels_[i].name, labels_[i].header, {}};
        for (std::size_t t = 0; t < targets_.size(); ++t) {
            std::vector<LabelledGroup> groups;
            for (const auto& [value, bucket] : buckets_[i][t]) {
                groups.push_back(summarize_bucket(bucket, seed += timed.size()));
                groups.back().target = targets_[t];
                groups.back().value = value;
            }
            std::ranges::sort(groups, goes_before);
            std::ranges::move(groups, std::back_inserter(label.groups));
        }
        into.labels.push_back(std::move(label));
    }
}

}  // namespace streamgauge::report
