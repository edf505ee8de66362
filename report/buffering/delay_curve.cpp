#include "report/buffering/delay_curve.h"

#include "report/buffering/timeline_flaw.h"
#include "report/model/client_certainty.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <tuple>
#include <vector>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t fewest_events = 6;
constexpr std::size_t resamplings = 1000;
constexpr std::size_t points = std::tuple_size_v<DelayCurve>;

/// Arrivals of token events that count, in ns from `sent`, in order.
std::vector<double> arrivals_of(const StreamTimeline& timeline) {
    std::vector<double> arrivals;
    if (!flaw_of(timeline).empty()) return arrivals;
    const auto begin = timeline.sent.value_or(timeline.intended);
    arrivals.reserve(timeline.tokens.size());
    for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
        if (uncertain) return;
        const auto since = static_cast<double>((timeline.arrival(first) - begin).count());
        arrivals.insert(arrivals.end(), end - first, since);
    });
    std::ranges::sort(arrivals);
    return arrivals;
}

/// The value at share `u` of sorted values, straight lines between the middles of the ranks.
double quantile(const std::vector<double>& sorted, double u) {
    const double rank = u * static_cast<double>(sorted.size()) - 0.5;
    const double inside = std::clamp(rank, 0.0, static_cast<double>(sorted.size() - 1));
    const auto below = static_cast<std::size_t>(inside);
    const auto above = std::min(below + 1, sorted.size() - 1);
    const double part = inside - static_cast<double>(below);
    return sorted[below] * (1 - part) + sorted[above] * part;
}

struct Figures {
    double lag, hold_mean, hold_p95;
};

Figures figures_of(const DelayCurve& mean) {
    auto sorted = mean;
    std::ranges::sort(sorted);
    const double lag = sorted[1];
    double sum = 0;
    for (const double delay : sorted)
        sum += std::max(0.0, delay - lag);
    const auto p95 = static_cast<std::size_t>(std::ceil(0.95 * points)) - 1;
    return {lag, sum / points, sorted[p95] - lag};
}

PairedFigure figure_with(double value, std::vector<double>& resampled) {
    std::ranges::sort(resampled);
    const auto at = [&](double share) {
        const auto last = static_cast<double>(resampled.size() - 1);
        return nanoseconds(std::llround(resampled[static_cast<std::size_t>(std::llround(share * last))]));
    };
    return {nanoseconds(std::llround(value)), at(0.025), at(0.975)};
}

DelayCurve mean_of(std::span<const DelayCurve> pairs, std::span<const std::size_t> drawn) {
    DelayCurve mean{};
    for (const auto index : drawn) {
        for (std::size_t i = 0; i < points; ++i)
            mean[i] += pairs[index][i];
    }
    for (double& point : mean)
        point /= static_cast<double>(drawn.size());
    return mean;
}

}  // namespace

std::optional<DelayCurve> delay_curve(const StreamTimeline& path, const StreamTimeline& direct) {
    const auto held = arrivals_of(path), free = arrivals_of(direct);
    if (held.size() < fewest_events || free.size() < fewest_events) return std::nullopt;
    DelayCurve curve{};
    for (std::size_t i = 0; i < points; ++i) {
        const double u = (static_cast<double>(i) + 0.5) / points;
        curve[i] = quantile(held, u) - quantile(free, u);
    }
    return curve;
}

std::optional<PairedHold> hold_of_pairs(std::span<const DelayCurve> pairs, std::uint64_t seed) {
    if (pairs.size() < fewest_pairs) return std::nullopt;
    std::vector<std::size_t> drawn(pairs.size());
    for (std::size_t i = 0; i < drawn.size(); ++i)
        drawn[i] = i;
    const auto found = figures_of(mean_of(pairs, drawn));

    std::mt19937_64 random(seed);
    std::vector<double> lags, means, p95s;
    for (std::size_t i = 0; i < resamplings; ++i) {
        for (auto& index : drawn)
            index = random() % pairs.size();
        const auto figures = figures_of(mean_of(pairs, drawn));
        lags.push_back(figures.lag);
        means.push_back(figures.hold_mean);
        p95s.push_back(figures.hold_p95);
    }
    return PairedHold{pairs.size(), figure_with(found.lag, lags), figure_with(found.hold_mean, means),
                      figure_with(found.hold_p95, p95s)};
}

}  // namespace streamgauge::report
