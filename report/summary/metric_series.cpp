#include "report/summary/metric_series.h"

#include "report/model/nearest_rank.h"
#include "report/stats/block_bootstrap.h"
#include "report/stats/order_statistics.h"
#include "report/stats/sample_size.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace streamgauge::report {

namespace {

constexpr std::array<double, 5> shown_quantiles{0.5, 0.9, 0.95, 0.99, 0.999};
constexpr std::size_t curve_points = 200;

std::optional<std::vector<QuantileInterval>> bootstrap(std::span<const MetricSeries* const> phases,
                                                       std::uint64_t seed) {
    std::vector<std::vector<TimeBlock>> blocks;
    for (const auto* phase : phases) {
        auto& of_phase = blocks.emplace_back();
        for (const auto& block : phase->blocks())
            of_phase.push_back({&block.values, block.censored});
    }
    return block_bootstrap(blocks, shown_quantiles, seed);
}

std::vector<QuantileInterval> order_statistics(const CensoredHistogram& all) {
    std::vector<QuantileInterval> intervals;
    for (const double quantile : shown_quantiles) {
        const auto ranks = quantile_rank_interval(quantile, all.size());
        intervals.push_back({all.at_rank(ranks.low), all.at_rank(ranks.high)});
    }
    return intervals;
}

/// The interval contains its estimate even where the blocks' coarser bins round it out.
void add_intervals(const std::vector<QuantileInterval>& intervals, MetricSummary& into) {
    for (std::size_t i = 0; i < shown_quantiles.size(); ++i) {
        Percentile& percentile = into.percentiles[i];
        percentile.low = intervals[i].low;
        percentile.high = intervals[i].high;
        if (percentile.value && percentile.low) percentile.low = std::min(*percentile.low, *percentile.value);
        if (percentile.value && percentile.high)
            percentile.high = std::max(*percentile.high, *percentile.value);
        if (!percentile.value) percentile.high.reset();
    }
}

/// Quantiles ever closer to 1, as far as the samples tell them apart: 1 - 10^-x in equal steps of x.
void add_curve(const CensoredHistogram& all, MetricSummary& into) {
    const auto bins = all.values.bins();
    const auto lower = all.values.min(), upper = all.values.max();
    const double last = std::log10(static_cast<double>(all.size()));
    std::size_t bin = 0;
    std::uint64_t seen = bins.front().second;
    std::uint64_t previous_rank = 0;
    for (std::size_t point = 0; point < curve_points; ++point) {
        const double x = last * static_cast<double>(point) / static_cast<double>(curve_points - 1);
        const bool end = point + 1 == curve_points;
        const double quantile = end ? 1.0 : 1 - std::pow(10, -x);
        const auto rank = nearest_rank(quantile, all.size());
        if (rank > all.values.count()) break;
        if (rank == previous_rank) continue;
        previous_rank = rank;
        while (rank > seen)
            seen += bins[++bin].second;
        const auto middle = all.values.bin_value(bins[bin].first);
        const auto value = rank == all.values.count() ? upper : std::clamp(middle, lower, upper);
        into.curve.emplace_back(quantile, value.count());
    }
}

}  // namespace

void MetricSeries::record(std::size_t block, const Sample& sample) {
    if (sample.kind == Sample::Kind::none) return;
    whole_.record(sample);
    blocks_[block].record(sample);
}

void MetricSeries::record_values(std::size_t block, const Histogram& values) {
    whole_.values.merge(values);
    auto& coarse = blocks_[block].values;
    for (const auto& [bin, count] : values.bins()) {
        coarse.record(std::clamp(values.bin_value(bin), values.min(), values.max()), count);
    }
}

void MetricSeries::merge(const MetricSeries& other) {
    whole_.merge(other.whole_);
    for (std::size_t i = 0; i < blocks_.size(); ++i)
        blocks_[i].merge(other.blocks_[i]);
}

MetricSummary summarize_values(const CensoredHistogram& all) {
    MetricSummary summary;
    summary.count = all.values.count();
    summary.censored = all.censored;
    summary.censored_above = all.cut_after;
    if (all.size() == 0) return summary;
    for (const double quantile : shown_quantiles) {
        Percentile& percentile = summary.percentiles.emplace_back();
        percentile.quantile = quantile;
        percentile.value = all.at_rank(nearest_rank(quantile, all.size()));
        percentile.enough_samples = all.size() >= minimum_samples(quantile);
    }
    if (all.values.empty()) return summary;
    summary.min = all.values.min();
    summary.max = all.values.max();
    summary.mean_ns = all.values.mean_ns();
    summary.stddev_ns = all.values.stddev_ns();
    return summary;
}

MetricSummary summarize_metric(std::span<const MetricSeries* const> phases, std::uint64_t seed) {
    CensoredHistogram all(0.001);
    for (const auto* phase : phases)
        all.merge(phase->whole());

    MetricSummary summary = summarize_values(all);
    if (all.size() == 0) return summary;
    const auto resampled = bootstrap(phases, seed);
    summary.interval_method = resampled ? "block bootstrap" : "order statistics, assumes independence";
    add_intervals(resampled ? *resampled : order_statistics(all), summary);
    if (all.values.empty()) return summary;
    add_curve(all, summary);
    summary.histogram = histogram_bars(all.values);
    return summary;
}

}  // namespace streamgauge::report
