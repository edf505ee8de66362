#include "report/buffering/release_rule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace streamgauge::report {
namespace {

constexpr double rare = 0.05;
/// Width of what no rule allows, a factor of 16, in natural logarithms.
const double free_width = std::log(16.0);

/// Likelihood ratio of a burst whose figure a rule confines to a share `width` of its size.
double gain_of(double width) {
    return (1 - rare) * free_width / width + rare;
}

RuleFit fit_at(double threshold, std::span<const double> values, double slack, double blur) {
    RuleFit fit{.parameter = threshold, .bursts = values.size()};
    double product = 1, log_sum = 0;
    for (const double value : values) {
        double ratio = rare;
        if (value >= threshold - blur) {
            const double excess = std::max(0.0, value - threshold) / slack;
            ratio += (1 - rare) * free_width * value / slack * std::exp(-excess);
            if (excess <= 3) ++fit.explained;
        }
        product *= ratio;
        if (product > 1e100 || product < 1e-100) {
            log_sum += std::log2(product);
            product = 1;
        }
    }
    fit.bits = log_sum + std::log2(product);
    return fit;
}

}  // namespace

double confinement_bits(double width) {
    return std::log2(gain_of(width));
}

double refuted_bits() {
    static const double bits = std::log2(rare);
    return bits;
}

RuleFit fit_constant(std::span<const double> values) {
    if (values.empty()) return {};
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    RuleFit fit{.bursts = values.size()};
    for (auto first = sorted.begin(); first != sorted.end();) {
        const auto last = std::upper_bound(first, sorted.end(), *first);
        const auto count = static_cast<std::size_t>(last - first);
        if (count > fit.explained) fit.explained = count, fit.parameter = *first;
        first = last;
    }
    const double gain = confinement_bits(1 / std::max(1.0, fit.parameter));
    // The parameter is paid for by one of the bursts that agree on it.
    fit.bits = gain * (static_cast<double>(fit.explained) - 1) +
               refuted_bits() * static_cast<double>(fit.bursts - fit.explained);
    return fit;
}

RuleFit fit_threshold(std::span<const double> values, double slack, double blur) {
    if (values.empty() || !(slack > 0)) return {};
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    RuleFit best;
    // The best threshold is one of the lowest values that are no outliers.
    std::size_t tried = sorted.size();
    for (const std::size_t percent : {0, 5, 10, 20, 35, 50}) {
        const auto rank = (sorted.size() - 1) * percent / 100;
        if (rank == tried) continue;
        tried = rank;
        const auto fit = fit_at(sorted[rank], values, slack, blur);
        if (best.bursts == 0 || fit.bits > best.bits) best = fit;
    }
    best.bits -= confinement_bits(std::min(1.0, slack / std::max(slack, best.parameter)));
    return best;
}

}  // namespace streamgauge::report
