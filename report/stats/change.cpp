#include "report/stats/change.h"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>

namespace streamgauge::report {
namespace {

constexpr double significant = 0.05;
/// A spread that is no spread at all still has one, that of the clock.
constexpr double least_variance = 1e-12;

/// How far the candidate lies from the baselines on the scale, in what spread, with how many degrees of
/// freedom.
struct Distance {
    double base = 0, difference = 0, variance = 0, degrees = 1;
};

double mean_location(std::span<const RunFigure> figures) {
    double sum = 0;
    for (const auto& figure : figures)
        sum += figure.location;
    return sum / static_cast<double>(figures.size());
}

double mean_variance(std::span<const RunFigure> figures) {
    double sum = 0;
    for (const auto& figure : figures)
        sum += figure.variance;
    return sum / static_cast<double>(figures.size());
}

Distance predict(std::span<const RunFigure> baselines, const RunFigure& candidate) {
    const auto runs = static_cast<double>(baselines.size());
    const double base = mean_location(baselines);
    double squares = 0;
    for (const auto& figure : baselines)
        squares += (figure.location - base) * (figure.location - base);
    const double between = squares / (runs - 1);
    const double shorter = std::max(0.0, candidate.variance - mean_variance(baselines));
    return {base, candidate.location - base, between * (1 + 1 / runs) + shorter, runs - 1};
}

/// Welch and Satterthwaite.
Distance within_runs(std::span<const RunFigure> baselines, const RunFigure& candidate) {
    const auto runs = static_cast<double>(baselines.size());
    const double base = mean_location(baselines);
    double variance = 0, squares = 0;
    const auto add = [&](double part, std::size_t blocks) {
        variance += part;
        squares += part * part / static_cast<double>(std::max<std::size_t>(2, blocks) - 1);
    };
    for (const auto& figure : baselines)
        add(figure.variance / (runs * runs), figure.blocks);
    add(candidate.variance, candidate.blocks);
    const double degrees = squares > 0 ? variance * variance / squares : 1;
    return {base, candidate.location - base, variance, degrees};
}

double natural(FigureScale scale, double location) {
    return scale == FigureScale::ratio ? std::exp(location) : location;
}
double change_of(FigureScale scale, double difference) {
    return scale == FigureScale::ratio ? std::expm1(difference) : difference;
}

/// The least change that matters.
double least_change(const Change& change, const ChangeFloor& floor) {
    if (change.scale == FigureScale::share) return std::max(floor.share, floor.relative * change.base);
    return std::max(floor.relative, floor.nanoseconds / std::max(change.base, 1.0));
}

/// The interval narrows with the root of the number of requests.
std::optional<std::uint64_t> more_requests(const Change& change, double least) {
    if (!change.within_run) return std::nullopt;
    const double half = (change.high - change.low) / 2, size = std::abs(change.change);
    const double wanted = size >= least ? size : std::max(least - size, least / 2);
    const double factor = half / wanted * (half / wanted);
    const double needed = static_cast<double>(change.samples) * std::max(0.1, factor - 1);
    return static_cast<std::uint64_t>(std::ceil(std::min(needed, 1e12)));
}

}  // namespace

std::optional<Change> compare_figures(std::span<const RunFigure> baselines, const RunFigure& candidate) {
    const auto infinite = [](const RunFigure& figure) { return !std::isfinite(figure.value); };
    if (std::ranges::any_of(baselines, infinite)) return std::nullopt;
    Change change{.scale = candidate.scale, .candidate = candidate.value, .samples = candidate.samples};
    change.within_run = baselines.size() < runs_for_prediction;
    if (infinite(candidate)) {
        change.base = natural(change.scale, mean_location(baselines));
        change.change = change.high = censored_value;
        change.beyond = true;
        change.p_value = std::min(1.0, 2 * (1 - candidate.beyond));
        return change;
    }
    auto distance = change.within_run ? within_runs(baselines, candidate) : predict(baselines, candidate);
    distance.variance = std::max(distance.variance, least_variance);
    const boost::math::students_t student(std::max(1.0, distance.degrees));
    const double error = std::sqrt(distance.variance);
    const double reach = error * boost::math::quantile(boost::math::complement(student, significant / 2));
    change.base = natural(change.scale, distance.base);
    change.change = change_of(change.scale, distance.difference);
    change.low = change_of(change.scale, distance.difference - reach);
    change.high = change_of(change.scale, distance.difference + reach);
    const double t = std::abs(distance.difference) / error;
    change.p_value = 2 * boost::math::cdf(boost::math::complement(student, t));
    return change;
}

ChangeVerdict judge_change(const Change& change, double p_value, const ChangeFloor& floor) {
    if (change.beyond)
        return {p_value <= significant ? ChangeKind::worse : ChangeKind::undecided, std::nullopt};
    const double least = least_change(change, floor);
    if (p_value <= significant && std::abs(change.change) >= least)
        return {change.change > 0 ? ChangeKind::worse : ChangeKind::better, std::nullopt};
    if (change.low > -least && change.high < least) return {ChangeKind::same, std::nullopt};
    return {ChangeKind::undecided, more_requests(change, least)};
}

}  // namespace streamgauge::report
