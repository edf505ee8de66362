#include "report/summary/pair_tally.h"

#include "report/buffering/hop_verdict.h"
#include "report/summary/pair_sentence.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <span>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t resamplings = 1000;
constexpr std::size_t curve_step = arrival_points / 50;

/// How much the lengths of two answers differ, as a part of the longer.
double length_difference(const PairHalf& a, const PairHalf& b) {
    const bool counted = a.output_tokens && b.output_tokens;
    const auto [shorter, longer] = counted ? std::minmax(*a.output_tokens, *b.output_tokens)
                                           : std::minmax(a.token_events, b.token_events);
    if (longer == 0) return 0;
    return static_cast<double>(longer - shorter) / static_cast<double>(longer);
}

/// The value at `share` of the ranks; reorders the values.
nanoseconds pick(std::vector<nanoseconds>& values, double share) {
    const auto rank = std::llround(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, values.begin() + rank);
    return values[static_cast<std::size_t>(rank)];
}

/// The median, its interval by resampling (Efron, percentile method).
PairedFigure median_of(std::vector<nanoseconds> values, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<nanoseconds> drawn(values.size()), medians;
    for (std::size_t i = 0; i < resamplings; ++i) {
        for (auto& value : drawn)
            value = values[random() % values.size()];
        medians.push_back(pick(drawn, 0.5));
    }
    return {pick(values, 0.5), pick(medians, 0.025), pick(medians, 0.975)};
}

double mean_of(const DelayCurve& delays) {
    return std::accumulate(delays.begin(), delays.end(), 0.0) / static_cast<double>(delays.size());
}

/// What is held beyond the lag, point by point, with fewer points than there are.
std::vector<std::pair<double, std::int64_t>> hold_curve(const DelayCurve& mean, nanoseconds lag) {
    std::vector<std::pair<double, std::int64_t>> curve;
    constexpr double half_step = curve_step / 2.0;
    for (std::size_t i = 0; i < mean.size(); i += curve_step) {
        const auto part = std::span(mean).subspan(i, curve_step);
        const double delay = std::accumulate(part.begin(), part.end(), 0.0) / curve_step;
        const double share = (static_cast<double>(i) + half_step) / static_cast<double>(mean.size());
        curve.emplace_back(share, std::max<std::int64_t>(0, std::llround(delay) - lag.count()));
    }
    return curve;
}

PairVerdict verdict_of(const PairedHold& hold) {
    if (shows_hold(hold)) return PairVerdict::holds;
    return shows_lag(hold) ? PairVerdict::delays : PairVerdict::passes;
}

}  // namespace

PairHalf PairHalf::of(const RequestMetrics& request) {
    return {.position = request.pair_position,
            .completed = request.outcome == Outcome::completed,
            .ttft = request.ttft,
            .token_events = request.token_events,
            .output_tokens = request.output_tokens,
            .arrivals = request.arrivals};
}

void PairTally::add(std::uint64_t rank, const PairHalf& path, const PairHalf& base) {
    if (!path.completed || !base.completed) {
        ++failed_;
        return;
    }
    const auto delays = delay_curve(path.arrivals, base.arrivals);
    if (!delays || !path.ttft || !base.ttft) {
        ++short_;
        return;
    }
    ++pairs_;
    length_difference_.add(length_difference(path, base));
    keep({rank, path.position < base.position, *path.ttft - *base.ttft, *delays});
}

void PairTally::keep(const Pair& pair) {
    if (kept_.size() == capacity) {
        if (!ranks_below(pair, kept_.front())) return;
        std::ranges::pop_heap(kept_, ranks_below);
        kept_.pop_back();
    }
    kept_.push_back(pair);
    std::ranges::push_heap(kept_, ranks_below);
}

void PairTally::merge(const PairTally& other) {
    pairs_ += other.pairs_;
    failed_ += other.failed_;
    short_ += other.short_;
    length_difference_.merge(other.length_difference_);
    for (const auto& pair : other.kept_)
        keep(pair);
}

std::vector<PairTally::Pair> PairTally::sorted() const {
    auto pairs = kept_;
    std::ranges::sort(pairs, ranks_below);
    return pairs;
}

void PairTally::summarize(PairSummary& into, std::uint64_t seed) const {
    into.pairs = pairs_;
    into.pairs_drawn = kept_.size();
    into.pairs_failed = failed_;
    into.pairs_short = short_;
    std::vector<DelayCurve> curves;
    std::vector<nanoseconds> added;
    std::vector<double> path_first, base_first;
    for (const auto& pair : sorted()) {
        curves.push_back(pair.delays);
        added.push_back(pair.ttft_added);
        (pair.path_first ? path_first : base_first).push_back(mean_of(pair.delays));
    }
    if (const auto found = hold_of_pairs(curves, seed)) {
        into.lag = found->lag;
        into.hold_mean = found->hold_mean;
        into.hold_p95 = found->hold_p95;
        into.verdict = verdict_of(*found);
        into.output_length_difference = length_difference_.mean();
        into.ttft_added = median_of(std::move(added), seed);
        into.hold_curve = hold_curve(mean_delay(curves), found->lag.value);
        into.order_effect = order_effect(path_first, base_first, seed);
    }
    into.sentence = pair_sentence(into);
    into.warnings = pair_warnings(into);
}

}  // namespace streamgauge::report
