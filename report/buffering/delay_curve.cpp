#include "report/buffering/delay_curve.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <tuple>
#include <vector>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t resamplings = 1000;
constexpr std::size_t points = std::tuple_size_v<DelayCurve>;

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

std::vector<std::size_t> every(std::size_t count) {
    std::vector<std::size_t> indices(count);
    std::iota(indices.begin(), indices.end(), std::size_t{0});
    return indices;
}

}  // namespace

std::optional<DelayCurve> delay_curve(const ArrivalCurve& path, const ArrivalCurve& direct) {
    if (path.size() != arrival_points || direct.size() != arrival_points) return std::nullopt;
    DelayCurve curve{};
    for (std::size_t i = 0; i < points; ++i)
        curve[i] = static_cast<double>((path[i] - direct[i]).count());
    return curve;
}

std::optional<DelayCurve> delay_curve(const StreamTimeline& path, const StreamTimeline& direct) {
    return delay_curve(arrival_curve(path), arrival_curve(direct));
}

DelayCurve mean_delay(std::span<const DelayCurve> pairs) {
    return mean_of(pairs, every(pairs.size()));
}

std::optional<PairedHold> hold_of_pairs(std::span<const DelayCurve> pairs, std::uint64_t seed) {
    if (pairs.size() < fewest_pairs) return std::nullopt;
    auto drawn = every(pairs.size());
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
