#pragma once

#include "scenarios/expectation.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// What an expectation can be about.
namespace streamgauge::scenarios {

/// How a metric is written on the left of a comparison.
enum class MetricForm : std::uint8_t {
    distribution,  ///< `ttft.p95`: one of `statistics` follows
    mean,          ///< `jank` or `jank.mean`
    figure,        ///< `errors`: nothing follows
    throughput,    ///< `throughput.tokens`
    outcome,       ///< `outcome.timeout_idle`
    goodput,       ///< `goodput(ttft < 1s, itl.max < 500ms)`
};

struct Metric {
    std::string_view name;
    MetricForm form;
    Unit unit;
    bool once_per_request;  ///< each request gives at most one value, so requests bound the samples
};

inline constexpr std::array<Metric, 23> metrics{{
    {"ttft", MetricForm::distribution, Unit::duration, true},
    {"ttft_sent", MetricForm::distribution, Unit::duration, true},
    {"ttfa", MetricForm::distribution, Unit::duration, true},
    {"ttfb", MetricForm::distribution, Unit::duration, true},
    {"headers", MetricForm::distribution, Unit::duration, true},
    {"itl", MetricForm::distribution, Unit::duration, false},
    {"tpot", MetricForm::distribution, Unit::duration, true},
    {"e2e", MetricForm::distribution, Unit::duration, true},
    {"max_gap", MetricForm::distribution, Unit::duration, true},
    {"schedule_lag", MetricForm::distribution, Unit::duration, true},
    {"connect", MetricForm::distribution, Unit::duration, true},
    {"tls", MetricForm::distribution, Unit::duration, true},
    {"resolve", MetricForm::distribution, Unit::duration, true},
    {"hold", MetricForm::distribution, Unit::duration, true},
    {"hold_estimated", MetricForm::distribution, Unit::duration, true},
    {"jank", MetricForm::mean, Unit::ratio, true},
    {"fluidity", MetricForm::mean, Unit::ratio, true},
    {"errors", MetricForm::figure, Unit::ratio, false},
    {"stalls", MetricForm::figure, Unit::count, false},
    {"buffering", MetricForm::figure, Unit::word, false},
    {"throughput", MetricForm::throughput, Unit::rate, false},
    {"outcome", MetricForm::outcome, Unit::count, false},
    {"goodput", MetricForm::goodput, Unit::ratio, false},
}};

inline constexpr std::array<std::string_view, 9> statistics{"p50", "p90", "p95",  "p99",   "p99.9",
                                                            "min", "max", "mean", "stddev"};
inline constexpr std::array<std::string_view, 3> throughput_kinds{"requests", "tokens", "events"};
/// What one request can be held to inside `goodput(...)`.
inline constexpr std::array<std::string_view, 7> request_limits{"ttft", "ttft_sent", "ttfa",   "tpot",
                                                                "e2e",  "itl.max",   "max_gap"};

/// What two runs are compared by, of the metrics that a request has at most once.
inline constexpr std::array<std::string_view, 4> compared_statistics{"p50", "p90", "p95", "p99"};

constexpr const Metric* find_metric(std::string_view name) {
    for (const Metric& metric : metrics) {
        if (metric.name == name) return &metric;
    }
    return nullptr;
}

/// Whether runs can be compared by it: `errors`, or a percentile such as `ttft.p95`.
constexpr bool is_compared_figure(std::string_view text) {
    if (text == "errors") return true;
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return false;
    const Metric* metric = find_metric(text.substr(0, dot));
    if (metric == nullptr || metric->form != MetricForm::distribution || !metric->once_per_request)
        return false;
    for (const auto statistic : compared_statistics) {
        if (statistic == text.substr(dot + 1)) return true;
    }
    return false;
}

/// Samples a percentile needs before a gate may rest on it: with fewer, its 95 % interval has no upper end.
/// The fewest n with 1 - q^n >= 0.95. 0 for every other statistic.
constexpr std::uint64_t minimum_samples(std::string_view statistic) {
    if (statistic == "p50") return 5;
    if (statistic == "p90") return 29;
    if (statistic == "p95") return 59;
    if (statistic == "p99") return 299;
    if (statistic == "p99.9") return 2995;
    return 0;
}

}  // namespace streamgauge::scenarios
