#include "report/export/openmetrics.h"

#include "report/export/escape.h"
#include "report/export/group_lookup.h"
#include "report/export/pair_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>
#include <optional>
#include <string_view>

namespace streamgauge::report {
namespace {

constexpr double finest_seconds = 0.001;
constexpr double finest_share = 0.001;

/// To two significant digits, but to whole steps of `finest` where those are coarser.
double rounded(double value, double finest) {
    if (value == 0 || !std::isfinite(value)) return 0;
    const double digit = std::pow(10, std::floor(std::log10(std::abs(value))) - 1);
    const double step = std::max(digit, finest);
    return std::round(value / step) * step + 0.0;  // no negative zero
}

/// Rounding leaves 0.30000000000000004; ten digits do not show it.
std::string number(double value) {
    return fmt::format("{:.10g}", value);
}

std::string labels(const GroupSummary& group) {
    return fmt::format("target=\"{}\",phase=\"{}\"", openmetrics_label(group.target),
                       openmetrics_label(group.phase));
}

/// The lines of a family come together; one without samples is left out.
std::string family(std::string_view name, std::string_view type, std::string_view unit, std::string_view help,
                   const std::string& samples) {
    if (samples.empty()) return {};
    std::string text = fmt::format("# TYPE {} {}\n", name, type);
    if (!unit.empty()) text += fmt::format("# UNIT {} {}\n", name, unit);
    return text + fmt::format("# HELP {} {}\n", name, help) + samples;
}

std::string duration_family(const Summary& summary, const std::string& metric, std::string_view help) {
    const auto name = "streamgauge_" + metric + "_seconds";
    std::string samples;
    for (const auto* group : measured_groups(summary)) {
        const auto* values = find_metric(*group, metric);
        if (values == nullptr) continue;
        for (const auto& percentile : values->percentiles) {
            if (!percentile.value || !percentile.enough_samples) continue;
            const double seconds = std::chrono::duration<double>(*percentile.value).count();
            samples += fmt::format("{}{{{},quantile=\"{}\"}} {}\n", name, labels(*group),
                                   number(percentile.quantile), number(rounded(seconds, finest_seconds)));
        }
    }
    return family(name, "summary", "seconds", help, samples);
}

std::string gauge_family(const Summary& summary, const std::string& name, std::string_view unit,
                         std::string_view help, double finest,
                         const std::function<std::optional<double>(const GroupSummary&)>& value) {
    std::string samples;
    for (const auto* group : measured_groups(summary)) {
        if (const auto measured = value(*group))
            samples += fmt::format("{}{{{}}} {}\n", name, labels(*group), number(rounded(*measured, finest)));
    }
    return family(name, "gauge", unit, help, samples);
}

std::optional<double> value_of(const Share& share) {
    return share.of == 0 ? std::nullopt : std::optional(share.value());
}

/// What targets add to the base of `compare`.
std::string pair_family(const Summary& summary, const NamedPairFigure& named, std::string_view help) {
    const auto name = fmt::format("streamgauge_pair_{}_seconds", named.name);
    std::string samples;
    for (const auto& pair : summary.comparisons) {
        const auto& figure = pair.*named.figure;
        if (pair.phase.empty() || pair.warmup || !figure) continue;
        const double seconds = std::chrono::duration<double>(figure->value).count();
        samples += fmt::format("{}{{target=\"{}\",base=\"{}\",phase=\"{}\"}} {}\n", name,
                               openmetrics_label(pair.target), openmetrics_label(pair.base),
                               openmetrics_label(pair.phase), number(rounded(seconds, finest_seconds)));
    }
    return family(name, "gauge", "seconds", help, samples);
}

std::string pair_families(const Summary& summary) {
    constexpr std::array<std::string_view, pair_figures.size()> help{
        "Median over pairs of what the first token comes later than at the base.",
        "By how much every token alike comes later than at the base.",
        "How long tokens are held beyond the lag, mean over the answer.",
        "How long tokens are held beyond the lag, where they are held longest (p95)."};
    std::string text;
    for (std::size_t i = 0; i < pair_figures.size(); ++i)
        text += pair_family(summary, pair_figures[i], help[i]);
    return text;
}

std::string buffering_family(const Summary& summary) {
    std::string samples;
    for (const auto* group : measured_groups(summary)) {
        samples += fmt::format("streamgauge_buffering_info{{{},kind=\"{}\"}} 1\n", labels(*group),
                               to_string(group->buffering.verdict.kind));
    }
    return family("streamgauge_buffering", "info", "", "How streams are held back on their way.", samples);
}

std::string verdict_family(const Summary& summary) {
    constexpr std::array<std::string_view, 3> states{"passed", "failed", "not_measurable"};
    std::string samples;
    for (std::size_t i = 0; i < states.size(); ++i) {
        samples += fmt::format("streamgauge_verdict{{streamgauge_verdict=\"{}\"}} {}\n", states[i],
                               static_cast<std::size_t>(summary.verdict.status) == i ? 1 : 0);
    }
    return family("streamgauge_verdict", "stateset", "", "What the run as a whole came to.", samples);
}

}  // namespace

std::string openmetrics_text(const ExportedRun& run) {
    const Summary& summary = run.summary;
    std::string text = verdict_family(summary);
    text += buffering_family(summary);
    text += duration_family(summary, "ttft", "Time to first token, from the intended moment.");
    text += duration_family(summary, "itl", "Gap between consecutive token events.");
    text += duration_family(summary, "tpot", "Time per output token after the first.");
    text += duration_family(summary, "e2e", "Time to the last token, from the intended moment.");
    text += duration_family(summary, "max_gap", "Longest gap of a stream.");
    text += gauge_family(summary, "streamgauge_errors_ratio", "ratio", "Due requests that failed.",
                         finest_share, [](const GroupSummary& group) { return value_of(group.errors); });
    text += gauge_family(summary, "streamgauge_goodput_ratio", "ratio",
                         "Due requests that met the scenario's first goodput limits.", finest_share,
                         [](const GroupSummary& group) { return value_of(group.goodput); });
    text += gauge_family(summary, "streamgauge_request_throughput", "", "Completed requests a second.", 0,
                         [](const GroupSummary& group) { return std::optional(group.requests_per_second); });
    text += gauge_family(summary, "streamgauge_token_throughput", "", "Streamed tokens a second.", 0,
                         [](const GroupSummary& group) { return std::optional(group.tokens_per_second); });
    text += pair_families(summary);
    return text + "# EOF\n";
}

}  // namespace streamgauge::report
