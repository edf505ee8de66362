#include "report/comparison/compared_metric.h"

#include <algorithm>
#include <array>
#include <utility>

namespace streamgauge::report {
namespace {

constexpr std::array<std::pair<std::string_view, double>, 4> quantiles{
    {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}}};

}  // namespace

std::optional<ComparedMetric> parse_compared_metric(std::string_view text) {
    if (text == "errors") return ComparedMetric{.name = "errors", .metric = std::nullopt};
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto* const name = std::ranges::find(metric_names, text.substr(0, dot));
    const auto* const quantile =
        std::ranges::find(quantiles, text.substr(dot + 1), &std::pair<std::string_view, double>::first);
    if (name == metric_names.end() || quantile == quantiles.end()) return std::nullopt;
    const auto metric = static_cast<Metric>(name - metric_names.begin());
    if (metric == Metric::itl) return std::nullopt;
    return ComparedMetric{.name = std::string(text), .metric = metric, .quantile = quantile->second};
}

const std::vector<ComparedMetric>& usual_compared_metrics() {
    static const auto metrics = [] {
        std::vector<ComparedMetric> usual;
        for (const auto* const name :
             {"ttft.p50", "ttft.p95", "tpot.p50", "tpot.p95", "max_gap.p95", "e2e.p95", "errors"})
            usual.push_back(*parse_compared_metric(name));
        return usual;
    }();
    return metrics;
}

std::vector<ComparedMetric> compared_metrics(const std::vector<std::string>& gate) {
    auto metrics = usual_compared_metrics();
    for (const auto& name : gate) {
        const auto metric = parse_compared_metric(name);
        if (metric && std::ranges::find(metrics, name, &ComparedMetric::name) == metrics.end())
            metrics.push_back(*metric);
    }
    return metrics;
}

}  // namespace streamgauge::report
