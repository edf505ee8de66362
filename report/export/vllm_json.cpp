#include "report/export/vllm_json.h"

#include "report/export/group_lookup.h"
#include "report/export/json_line.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

namespace streamgauge::report {
namespace {

using scenarios::ClosedLoop;
using scenarios::LoadPhase;
using scenarios::OpenLoop;
using scenarios::Target;

/// The metrics by our name and by vLLM's.
constexpr std::array<std::pair<const char*, const char*>, 4> metrics{
    {{"ttft", "ttft"}, {"tpot", "tpot"}, {"itl", "itl"}, {"e2e", "e2el"}}};
constexpr std::array quantiles{0.9, 0.95, 0.99};

std::string_view backend_of(std::string_view api) {
    return api == "openai-completions" ? "openai" : api;
}

void number(JsonLine& line, std::string_view name, const std::optional<double>& value) {
    if (value && std::isfinite(*value)) {
        line.field(name, *value);
    } else {
        line.raw(name, "null");
    }
}

/// Milliseconds, to the nanosecond.
std::optional<double> ms(const std::optional<double>& nanoseconds) {
    return nanoseconds ? std::optional(std::round(*nanoseconds) / 1e6) : std::nullopt;
}

std::optional<double> ns(const Percentile* percentile) {
    if (percentile == nullptr || !percentile->value) return std::nullopt;
    return static_cast<double>(percentile->value->count());
}

/// A closed loop is what vLLM calls an infinite rate with a limit on concurrency.
void add_closed_loop(JsonLine& line, const ClosedLoop& loop, double share) {
    line.field("request_rate", "inf");
    line.field("burstiness", 1.0);
    line.field("max_concurrency", static_cast<std::uint64_t>(std::llround(loop.users.to * share)));
}

void add_open_loop(JsonLine& line, const OpenLoop& loop, double share) {
    const bool ramp = loop.rate.over.count() > 0;
    if (ramp) {
        line.field("request_rate", "inf");
    } else {
        line.field("request_rate", loop.rate.to * share);
    }
    // vLLM's gaps between requests are gamma distributed: shape 1 is Poisson, more is more even.
    if (loop.arrivals == scenarios::Arrivals::poisson) {
        line.field("burstiness", 1.0);
    } else {
        line.field("burstiness", "inf");
    }
    if (loop.max_in_flight) {
        line.field("max_concurrency", *loop.max_in_flight);
    } else {
        line.raw("max_concurrency", "null");
    }
    if (!ramp) return;
    line.field("ramp_up_strategy", "linear");
    line.field("ramp_up_start_rps", loop.rate.from * share);
    line.field("ramp_up_end_rps", loop.rate.to * share);
}

void add_metric(JsonLine& line, const GroupSummary& group, const std::string& ours, std::string_view theirs) {
    static const MetricSummary nothing;
    const auto* found = find_metric(group, ours);
    const MetricSummary& metric = found == nullptr ? nothing : *found;
    number(line, fmt::format("mean_{}_ms", theirs), ms(metric.mean_ns));
    number(line, fmt::format("median_{}_ms", theirs), ms(ns(find_percentile(group, ours, 0.5))));
    number(line, fmt::format("std_{}_ms", theirs), ms(metric.stddev_ns));
    for (const double quantile : quantiles) {
        number(line, fmt::format("{}_{}_ms", percentile_name(quantile), theirs),
               ms(ns(find_percentile(group, ours, quantile))));
    }
}

void add_results(JsonLine& line, const GroupSummary& group) {
    const double seconds = std::chrono::duration<double>(group.duration).count();
    const auto completed = group.outcomes[static_cast<std::size_t>(Outcome::completed)];
    line.field("duration", seconds);
    line.field("completed", completed);
    line.field("failed", group.errors.count);
    line.raw("total_input_tokens", "null");
    line.field("total_output_tokens", group.output_tokens);
    line.field("request_throughput", group.requests_per_second);
    const bool counted = group.goodput.of > 0 && seconds > 0;
    number(line, "request_goodput",
           counted ? std::optional(static_cast<double>(group.goodput.count) / seconds) : std::nullopt);
    line.field("output_throughput", group.tokens_per_second);
    line.raw("total_token_throughput", "null");
    line.field("max_concurrent_requests", group.concurrency_max);
    for (const auto& [ours, theirs] : metrics)
        add_metric(line, group, ours, theirs);
}

std::string result_of(const GroupSummary& group, const ExportedRun& run) {
    const auto& scenario = run.scenario;
    const auto target = std::ranges::find(scenario.targets, group.target, &Target::name);
    const auto phase = std::ranges::find(scenario.load, group.phase, &LoadPhase::name);
    const auto start = fmt::gmtime(static_cast<std::time_t>(run.summary.run.start_unix_ns / 1'000'000'000));
    JsonLine line;
    line.field("date", fmt::format("{:%Y%m%d-%H%M%S}", start));
    if (target != scenario.targets.end()) {
        line.field("endpoint_type", backend_of(target->api));
        line.field("backend", backend_of(target->api));
    }
    line.field("label", group.target);
    line.field("phase", group.phase);
    line.field("model_id", scenario.workload.model);
    line.raw("tokenizer_id", "null");
    line.field("num_prompts", group.due);
    if (phase != scenario.load.end()) {
        const double share = target != scenario.targets.end() ? target->share : 1;
        if (const auto* closed = std::get_if<ClosedLoop>(&phase->shape))
            add_closed_loop(line, *closed, share);
        if (const auto* open = std::get_if<OpenLoop>(&phase->shape)) add_open_loop(line, *open, share);
    }
    add_results(line, group);
    return std::move(line).finish();
}

}  // namespace

std::string vllm_json(const ExportedRun& run) {
    std::string text;
    for (const auto* group : measured_groups(run.summary))
        text += result_of(*group, run);
    return text;
}

}  // namespace streamgauge::report
