#include "report/export/scenario_json.h"

#include "report/export/json_fields.h"
#include "report/export/masker.h"

#include <cmath>
#include <limits>

namespace streamgauge::scenarios {

// Not in an unnamed namespace: they are found by their argument.
using report::json_fields::list_name;

static constexpr std::array<std::string_view, 6> comparator_names{"<", "<=", ">", ">=", "==", "!="};
static constexpr std::array<std::string_view, 5> unit_names{"duration", "ratio", "rate", "count", "word"};
static constexpr std::array<std::string_view, 2> arrival_names{"constant", "poisson"};
static constexpr std::array<std::string_view, 2> pair_prompt_names{"fresh", "identical"};

template <typename Fields>
static void list_fields(Fields& fields, SourcePosition& where) {
    fields("file", where.file);
    fields("line", where.line);
    fields("column", where.column);
}

template <typename Fields>
static void list_fields(Fields& fields, Condition& condition) {
    fields("metric", condition.metric);
    fields("statistic", condition.statistic);
    list_name(fields, "comparator", condition.comparator, comparator_names);
    fields("value", condition.value);
    list_name(fields, "unit", condition.unit, unit_names);
    fields("word", condition.word);
}

template <typename Fields>
static void list_fields(Fields& fields, Delta& delta) {
    fields("target", delta.target);
    fields("base", delta.base);
}

template <typename Fields>
static void list_fields(Fields& fields, Comparison& comparison) {
    fields("base", comparison.base);
    fields("with", comparison.with);
    fields("chain", comparison.chain);
    list_name(fields, "prompts", comparison.prompts, pair_prompt_names);
}

template <typename Fields>
static void list_fields(Fields& fields, Expectation& expectation) {
    fields("text", expectation.text);
    fields("condition", expectation.condition);
    fields("goodput_limits", expectation.goodput_limits);
    fields("delta", expectation.delta);
    fields("window_ns", expectation.window);
    fields("target", expectation.target);
    fields("phase", expectation.phase);
    fields("implied", expectation.implied);
    fields("where", expectation.where);
}

template <typename Fields>
static void list_fields(Fields& fields, Header& header) {
    fields("name", header.name);
    fields("value", header.value);
    fields("secret", header.secret);
}

template <typename Fields>
static void list_fields(Fields& fields, Url& url) {
    fields("text", url.text);
    fields("tls", url.tls);
    fields("host", url.host);
    fields("port", url.port);
    fields("path_and_query", url.path_and_query);
}

template <typename Fields>
static void list_fields(Fields& fields, HostPort& address) {
    fields("host", address.host);
    fields("port", address.port);
}

template <typename Fields>
static void list_fields(Fields& fields, Target& target) {
    fields("name", target.name);
    fields("url", target.url);
    fields("connect_to", target.connect_to);
    fields("api", target.api);
    fields("headers", target.headers);
    fields("accept_encoding", target.accept_encoding);
    fields("share", target.share);
}

template <typename Fields>
static void list_fields(Fields& fields, Workload& workload) {
    fields("model", workload.model);
    fields("max_tokens", workload.max_tokens);
    fields("usage", workload.usage);
}

template <typename Fields>
static void list_fields(Fields& fields, Ramp& ramp) {
    fields("from", ramp.from);
    fields("to", ramp.to);
    fields("over_ns", ramp.over);
}

template <typename Fields>
static void list_fields(Fields& fields, ClosedLoop& loop) {
    fields("users", loop.users);
    fields("think_ns", loop.think);
}

template <typename Fields>
static void list_fields(Fields& fields, OpenLoop& loop) {
    fields("rate", loop.rate);
    list_name(fields, "arrivals", loop.arrivals, arrival_names);
    fields("max_in_flight", loop.max_in_flight);
}

template <typename Fields>
static void list_fields(Fields& fields, LoadPhase& phase) {
    fields("name", phase.name);
    std::optional<ClosedLoop> closed;
    std::optional<OpenLoop> open;
    if (const auto* loop = std::get_if<ClosedLoop>(&phase.shape)) closed = *loop;
    if (const auto* loop = std::get_if<OpenLoop>(&phase.shape)) open = *loop;
    fields("closed_loop", closed);
    fields("open_loop", open);
    if (open) {
        phase.shape = *open;
    } else if (closed) {
        phase.shape = *closed;
    }
    fields("duration_ns", phase.duration);
    fields("warmup", phase.warmup);
}

template <typename Fields>
static void list_fields(Fields& fields, Limits& limits) {
    fields("requests", limits.requests);
    fields("output_tokens", limits.output_tokens);
}

template <typename Fields>
static void list_fields(Fields& fields, Connections& connections) {
    fields("reuse", connections.reuse);
    fields("max", connections.max);
    // JSON has no infinity, and no run has a rate of 0.
    double rate = std::isinf(connections.max_rate) ? 0 : connections.max_rate;
    fields("max_rate", rate);
    connections.max_rate = rate == 0 ? std::numeric_limits<double>::infinity() : rate;
    fields("source_addresses", connections.source_addresses);
}

template <typename Fields>
static void list_fields(Fields& fields, Timeouts& timeouts) {
    fields("connect_ns", timeouts.connect);
    fields("first_token_ns", timeouts.first_token);
    fields("idle_ns", timeouts.idle);
    fields("stall_ns", timeouts.stall);
    fields("total_ns", timeouts.total);
}

template <typename Fields>
static void list_fields(Fields& fields, Budgets& budgets) {
    fields("ttft_ns", budgets.ttft);
    fields("gap_ns", budgets.gap);
    fields("stall_ns", budgets.stall);
}

template <typename Fields>
static void list_fields(Fields& fields, Label& label) {
    fields("name", label.name);
    fields("header", label.header);
}

template <typename Fields>
static void list_fields(Fields& fields, BaselineRun& run) {
    fields("text", run.text);
    fields("folder", run.folder);
}

template <typename Fields>
static void list_fields(Fields& fields, BaselineFloor& floor) {
    fields("relative", floor.relative);
    fields("time_ns", floor.time);
    fields("errors", floor.errors);
}

template <typename Fields>
static void list_fields(Fields& fields, Baseline& baseline) {
    fields("runs", baseline.runs);
    fields("gate", baseline.gate);
    fields("floor", baseline.floor);
    fields("where", baseline.where);
}

template <typename Fields>
static void list_fields(Fields& fields, Scenario& scenario) {
    fields("version", scenario.version);
    fields("name", scenario.name);
    fields("seed", scenario.seed);
    fields("targets", scenario.targets);
    fields("comparison", scenario.comparison);
    fields("workload", scenario.workload);
    fields("load", scenario.load);
    fields("drain_ns", scenario.drain);
    fields("limits", scenario.limits);
    fields("connections", scenario.connections);
    fields("timeouts", scenario.timeouts);
    fields("budgets", scenario.budgets);
    fields("labels", scenario.labels);
    fields("expect", scenario.expect);
    fields("baseline", scenario.baseline);
    fields("file", scenario.file);
}

static Scenario without_secrets(const Scenario& scenario) {
    const report::Masker masker(scenario.secrets);
    Scenario safe = scenario;
    safe.name = masker.mask(safe.name);
    safe.workload.model = masker.mask(safe.workload.model);
    for (auto& target : safe.targets) {
        target.url.text = masker.mask(target.url.text);
        target.url.host = masker.mask(target.url.host);
        if (target.connect_to) target.connect_to->host = masker.mask(target.connect_to->host);
        target.url.path_and_query = masker.mask(target.url.path_and_query);
        for (auto& header : target.headers)
            header.value = header.secret ? "***" : masker.mask(header.value);
    }
    return safe;
}

}  // namespace streamgauge::scenarios

namespace streamgauge::report {

boost::json::object scenario_to_json(const scenarios::Scenario& scenario) {
    return json_fields::to_value(scenarios::without_secrets(scenario)).as_object();
}

scenarios::Scenario scenario_from_json(const boost::json::object& json) {
    scenarios::Scenario scenario;
    json_fields::from_value(boost::json::value(json), scenario);
    return scenario;
}

}  // namespace streamgauge::report
