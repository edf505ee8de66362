#include "report/stats/run_figure.h"

#include "report/model/nearest_rank.h"
#include "report/stats/block_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <ranges>
#include <vector>

namespace streamgauge::report {
namespace {

/// Enough for a variance within 10 %; the tails come from Student's distribution, not from these.
constexpr std::size_t replicates = 200;
constexpr double least_duration_ns = 1'000;

double location_of(double duration_ns) {
    return std::log(std::max(duration_ns, least_duration_ns));
}

/// A number in 0..limit-1. Not std::uniform_int_distribution, whose results differ between libraries.
std::size_t draw(std::mt19937_64& random, std::size_t limit) {
    return static_cast<std::size_t>((random() >> 32) * limit >> 32);
}

/// The quantile where each block counts `times` over.
double weighted_quantile(const BlockedSample& sample, const std::vector<std::uint32_t>& times,
                         const std::vector<std::uint64_t>& sizes, double quantile) {
    std::uint64_t total = 0;
    for (std::size_t block = 0; block < times.size(); ++block)
        total += times[block] * sizes[block];
    const auto rank = nearest_rank(quantile, total);
    // From the nearer end: the quantiles that matter lie high.
    std::uint64_t above = total;
    const auto found = std::find_if(sample.values.rbegin(), sample.values.rend(), [&](const auto& entry) {
        above -= times[entry.block];
        return above < rank;
    });
    return found != sample.values.rend() ? found->value : sample.values.front().value;
}

double variance_of(const std::vector<double>& values) {
    double mean = 0, squares = 0;
    for (const double value : values)
        mean += value / static_cast<double>(values.size());
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return squares / static_cast<double>(values.size() - 1);
}

}  // namespace

std::optional<RunFigure> quantile_figure(const BlockedSample& sample, double quantile, std::uint64_t seed) {
    if (sample.blocks < minimum_blocks) return std::nullopt;
    std::vector<std::uint64_t> sizes(sample.blocks);
    for (const auto& [value, block] : sample.values)
        ++sizes[block];
    RunFigure figure{.blocks = sample.blocks, .samples = sample.size()};
    figure.value = sample.values[nearest_rank(quantile, sample.size()) - 1].value;
    figure.location = location_of(figure.value);

    std::mt19937_64 random(seed);
    std::vector<double> locations;
    std::vector<std::uint32_t> times(sample.blocks);
    for (std::size_t i = 0; i < replicates; ++i) {
        std::ranges::fill(times, 0);
        for (std::size_t drawn = 0; drawn < sample.blocks; ++drawn)
            ++times[draw(random, sample.blocks)];
        const double value = weighted_quantile(sample, times, sizes, quantile);
        if (std::isfinite(value)) locations.push_back(location_of(value));
    }
    figure.beyond = 1 - static_cast<double>(locations.size()) / replicates;
    const auto blocks = static_cast<double>(sample.blocks);
    if (locations.size() > 1) figure.variance = variance_of(locations) * blocks / (blocks - 1);
    return figure;
}

std::optional<RunFigure> share_figure(const BlockedSample& sample) {
    if (sample.blocks < minimum_blocks) return std::nullopt;
    std::vector<double> count(sample.blocks), of(sample.blocks);
    double hits = 0;
    for (const auto& [value, block] : sample.values) {
        count[block] += value;
        hits += value;
        of[block] += 1;
    }
    const auto samples = static_cast<double>(sample.size()), blocks = static_cast<double>(sample.blocks);
    RunFigure figure{.scale = FigureScale::share, .blocks = sample.blocks, .samples = sample.size()};
    figure.value = figure.location = hits / samples;
    double squares = 0;
    for (std::size_t block = 0; block < sample.blocks; ++block) {
        const double residual = count[block] - figure.value * of[block];
        squares += residual * residual;
    }
    const double added = (hits + 1) / (samples + 2);
    const double independent = added * (1 - added) / (samples + 2);
    figure.variance = std::max(independent, squares * blocks / (blocks - 1) / (samples * samples));
    return figure;
}

}  // namespace streamgauge::report
