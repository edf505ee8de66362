#include "report/export/summary_json.h"

#include "report/export/comparison_json.h"
#include "report/export/json_fields.h"
#include "report/export/run_folder.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace streamgauge::report {

namespace json = boost::json;
using json_fields::list_name;

// The lists stand outside an unnamed namespace: they are found by their argument.

static constexpr std::array<std::string_view, 3> judgement_names{"held", "missed", "not_measured"};
static constexpr std::array<std::string_view, 3> check_state_names{"ok", "warning", "invalid"};
static constexpr std::array<std::string_view, 3> status_names{"passed", "failed", "not_measurable"};

template <typename Fields>
static void list_fields(Fields& fields, RunInfo::TargetInfo& target) {
    fields("name", target.name);
    fields("url", target.url);
    fields("api", target.api);
}

template <typename Fields>
static void list_fields(Fields& fields, RunInfo::PhaseInfo& phase) {
    fields("name", phase.name);
    fields("shape", phase.shape);
    fields("start_ns", phase.start);
    fields("duration_ns", phase.duration);
    fields("warmup", phase.warmup);
}

template <typename Fields>
static void list_fields(Fields& fields, RunInfo::Abort& abort) {
    fields("condition", abort.condition);
    fields("target", abort.target);
    fields("at_ns", abort.at);
    fields("measured", abort.measured);
}

template <typename Fields>
static void list_fields(Fields& fields, RunInfo& run) {
    fields("scenario_name", run.scenario_name);
    fields("scenario_file", run.scenario_file);
    fields("version", run.version);
    fields("host", run.host);
    fields("kernel", run.kernel);
    fields("seed", run.seed);
    fields("start_unix_ns", run.start_unix_ns);
    fields("duration_ns", run.duration);
    fields("workers", run.workers);
    fields("interrupted", run.interrupted);
    fields("signal", run.signal);
    fields("partial", run.partial);
    fields("aborted", run.aborted);
    fields("targets", run.targets);
    fields("phases", run.phases);
}

template <typename Fields>
static void list_fields(Fields& fields, ClientHealth& health) {
    fields("client_lag", health.client_lag);
    fields("loop_lag", health.loop_lag);
    fields("cpu_time_ns", health.cpu_time);
    fields("wall_time_ns", health.wall_time);
    fields("core_wait_ns", health.core_wait);
    fields("reads", health.reads);
    fields("reads_without_kernel_stamp", health.reads_without_kernel_stamp);
    fields("clock_steps", health.clock_steps);
    fields("unmapped_clock_steps", health.unmapped_clock_steps);
    fields("rows_lost", health.rows_lost);
    fields("peak_descriptors", health.peak_descriptors);
    fields("descriptor_limit", health.descriptor_limit);
    fields("peak_ports", health.peak_ports);
    fields("port_limit", health.port_limit);
    fields("notes", health.notes);
}

template <typename Fields>
static void list_fields(Fields& fields, Percentile& percentile) {
    fields("quantile", percentile.quantile);
    fields("value_ns", percentile.value);
    fields("low_ns", percentile.low);
    fields("high_ns", percentile.high);
    fields("enough_samples", percentile.enough_samples);
}

template <typename Fields>
static void list_fields(Fields& fields, HistogramBars& histogram) {
    fields("zeros", histogram.zeros);
    fields("parts_per_octave", histogram.parts_per_octave);
    fields("bars", histogram.bars);
}

template <typename Fields>
static void list_fields(Fields& fields, MetricSummary& metric) {
    fields("count", metric.count);
    fields("censored", metric.censored);
    fields("censored_above_ns", metric.censored_above);
    fields("min_ns", metric.min);
    fields("max_ns", metric.max);
    fields("mean_ns", metric.mean_ns);
    fields("stddev_ns", metric.stddev_ns);
    fields("percentiles", metric.percentiles);
    fields("interval_method", metric.interval_method);
    fields("curve", metric.curve);
    fields("histogram", metric.histogram);
}

template <typename Fields>
static void list_fields(Fields& fields, Share& share) {
    fields("count", share.count);
    fields("of", share.of);
}

template <typename Fields>
static void list_fields(Fields& fields, BufferingVerdict& verdict) {
    list_name(fields, "kind", verdict.kind, buffering_names);
    fields("block_bytes", verdict.block_bytes);
    fields("timer_period_ns", verdict.timer_period);
    fields("window_tokens", verdict.window_tokens);
    fields("confidence", verdict.confidence);
    list_name(fields, "severity", verdict.severity, severity_names);
    fields("estimated_hold_ns", verdict.estimated_hold);
    fields("evidence", verdict.evidence);
}

template <typename Fields>
static void list_fields(Fields& fields, CutOff& cut_off) {
    list_name(fields, "kind", cut_off.kind, cut_off_names);
    fields("after_ns", cut_off.after);
    fields("streams", cut_off.streams);
    fields("of", cut_off.of);
    fields("evidence", cut_off.evidence);
}

template <typename Fields>
static void list_fields(Fields& fields, BufferingSummary& buffering) {
    fields("verdict", buffering.verdict);
    fields("streams", buffering.streams);
}

template <typename Fields>
static void list_fields(Fields& fields, Remedy& remedy) {
    fields("product", remedy.product);
    fields("confidence", remedy.confidence);
    fields("why", remedy.why);
    fields("text", remedy.text);
    fields("snippet", remedy.snippet);
    fields("timeout", remedy.timeout);
    fields("source", remedy.source);
}

static json::object outcome_counts(const std::array<std::uint64_t, outcome_count>& outcomes) {
    json::object counts;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        if (outcomes[i] == 0) continue;
        counts.emplace(json::string_view(outcome_names[i].data(), outcome_names[i].size()), outcomes[i]);
    }
    return counts;
}

template <typename Fields>
static void list_fields(Fields& fields, GroupSummary& group) {
    fields("target", group.target);
    fields("phase", group.phase);
    fields("warmup", group.warmup);
    fields("duration_ns", group.duration);
    fields("due", group.due);
    fields("outcomes", outcome_counts(group.outcomes));
    fields("rate_limited", group.rate_limited);
    fields("errors", group.errors);
    fields("goodput", group.goodput);
    fields("goodputs", group.goodputs);
    fields("answered", group.answered);
    fields("undelivered", group.undelivered);
    fields("metrics", group.metrics);
    fields("requests_per_second", group.requests_per_second);
    fields("events_per_second", group.events_per_second);
    fields("tokens_per_second", group.tokens_per_second);
    fields("token_events", group.token_events);
    fields("output_tokens", group.output_tokens);
    fields("uncertain_events", group.uncertain_events);
    fields("stalls", group.stalls);
    fields("tokens_from_usage", group.tokens_from_usage);
    fields("jank_mean", group.jank_mean);
    fields("fluidity_mean", group.fluidity_mean);
    fields("tokens_per_event", group.tokens_per_event);
    fields("events_per_read", group.events_per_read);
    fields("ttft_bands", group.ttft_bands);
    fields("max_gap_bands", group.max_gap_bands);
    fields("concurrency_mean", group.concurrency_mean);
    fields("concurrency_max", group.concurrency_max);
    fields("buffering", group.buffering);
    fields("cut_off", group.cut_off);
    fields("remedies", group.remedies);
    fields("error_examples", group.error_examples);
}

template <typename Fields>
static void list_fields(Fields& fields, PairedFigure& figure) {
    fields("value_ns", figure.value);
    fields("low_ns", figure.low);
    fields("high_ns", figure.high);
}

template <typename Fields>
static void list_fields(Fields& fields, OrderEffect& effect) {
    fields("path_first", effect.path_first);
    fields("base_first", effect.direct_first);
    fields("difference_ns", effect.difference);
    fields("p_value", effect.p_value);
    fields("significant", effect.is_significant());
}

template <typename Fields>
static void list_fields(Fields& fields, PairSummary& pair) {
    fields("target", pair.target);
    fields("base", pair.base);
    fields("phase", pair.phase);
    fields("warmup", pair.warmup);
    fields("pairs", pair.pairs);
    fields("pairs_drawn", pair.pairs_drawn);
    fields("pairs_failed", pair.pairs_failed);
    fields("pairs_short", pair.pairs_short);
    fields("ttft_added", pair.ttft_added);
    fields("lag", pair.lag);
    fields("hold_mean", pair.hold_mean);
    fields("hold_p95", pair.hold_p95);
    fields("hold_curve", pair.hold_curve);
    fields("order_effect", pair.order_effect);
    fields("output_length_difference", pair.output_length_difference);
    list_name(fields, "verdict", pair.verdict, pair_verdict_names);
    fields("sentence", pair.sentence);
    fields("warnings", pair.warnings);
}

template <typename Fields>
static void list_fields(Fields& fields, HopSummary& hops) {
    fields("chain", hops.chain);
    fields("holds", hops.holds);
    fields("slows", hops.slows);
    fields("sentence", hops.sentence);
}

template <typename Fields>
static void list_fields(Fields& fields, LabelledGroup& group) {
    fields("target", group.target);
    fields("value", group.value);
    fields("due", group.due);
    fields("errors", group.errors);
    fields("metrics", group.metrics);
}

template <typename Fields>
static void list_fields(Fields& fields, LabelSummary& label) {
    fields("name", label.name);
    fields("header", label.header);
    fields("groups", label.groups);
}

template <typename Fields>
static void list_fields(Fields& fields, WindowSummary& window) {
    fields("target", window.target);
    fields("start_ns", window.start);
    fields("length_ns", window.length);
    fields("started", window.started);
    fields("ended", window.ended);
    fields("errors", window.errors);
    fields("token_events", window.token_events);
    fields("ttft_p50_ns", window.ttft_p50);
    fields("ttft_p95_ns", window.ttft_p95);
    fields("ttft_p99_ns", window.ttft_p99);
    fields("open_streams", window.open_streams);
    fields("send_lag_p99_ns", window.send_lag_p99);
    fields("receive_lag_p99_ns", window.receive_lag_p99);
}

template <typename Fields>
static void list_fields(Fields& fields, ExpectationResult& result) {
    fields("expectation", result.expectation.text);
    fields("implied", result.expectation.implied);
    fields("target", result.target);
    fields("phase", result.phase);
    list_name(fields, "judgement", result.judgement, judgement_names);
    fields("measured", result.measured);
    fields("measured_value", result.measured_value);
    fields("low", result.low);
    fields("high", result.high);
    fields("margin", result.margin);
    fields("too_close", result.too_close);
    fields("reason", result.reason);
}

template <typename Fields>
static void list_fields(Fields& fields, Verdict& verdict) {
    list_name(fields, "status", verdict.status, status_names);
    fields("exit_code", verdict.exit_code);
    fields("sentence", verdict.sentence);
    fields("expectations", verdict.expectations);
}

template <typename Fields>
static void list_fields(Fields& fields, ValidityCheck& check) {
    fields("name", check.name);
    list_name(fields, "state", check.state, check_state_names);
    fields("figure", check.figure);
    fields("remedy", check.remedy);
}

template <typename Fields>
static void list_fields(Fields& fields, Validity& validity) {
    fields("valid", validity.valid);
    fields("checks", validity.checks);
    fields("health", validity.health);
}

namespace {

constexpr std::string_view summary_schema = "streamgauge.summary";

/// Labels as they stand in the structs, less what their metrics never have.
json::value labels_json(const std::vector<LabelSummary>& labels) {
    auto made = json_fields::to_value(labels);
    for (auto& label : made.get_array()) {
        for (auto& group : label.at("groups").get_array()) {
            for (auto& metric : group.at("metrics").get_object()) {
                metric.value().get_object().erase("curve");
                metric.value().get_object().erase("histogram");
            }
        }
    }
    return made;
}

bool is_flat(const json::value& value) {
    const auto simple = [](const json::value& child) { return !child.is_structured(); };
    if (const auto* array = value.if_array()) return std::ranges::all_of(*array, is_flat);
    if (const auto* object = value.if_object()) {
        return object->size() <= 6 &&
               std::ranges::all_of(*object, [&](const auto& pair) { return simple(pair.value()); });
    }
    return true;
}

/// Objects one field a line; small ones and lists of figures stay on theirs.
void append_indented(const json::value& value, std::size_t depth, std::string& text) {
    if (is_flat(value) || value.is_array()) {
        const auto* array = value.if_array();
        if (!array || std::ranges::none_of(*array, [](const json::value& v) { return v.is_object(); })) {
            text += json::serialize(value);
            return;
        }
        text += "[\n";
        for (std::size_t i = 0; i < array->size(); ++i) {
            text.append(2 * depth + 2, ' ');
            append_indented((*array)[i], depth + 1, text);
            text += i + 1 < array->size() ? ",\n" : "\n";
        }
        text.append(2 * depth, ' ') += ']';
        return;
    }
    text += "{\n";
    std::size_t left = value.get_object().size();
    for (const auto& [key, child] : value.get_object()) {
        text.append(2 * depth + 2, ' ') += json::serialize(key) + ": ";
        append_indented(child, depth + 1, text);
        text += --left > 0 ? ",\n" : "\n";
    }
    text.append(2 * depth, ' ') += '}';
}

}  // namespace

json::object to_json(const RunInfo& run) {
    return json_fields::write_fields(run);
}

RunInfo run_info_from_json(const json::object& json) {
    RunInfo run;
    json_fields::read_fields(json, run);
    return run;
}

json::object to_json(const Summary& summary) {
    json::object object{{"schema", json::string_view(summary_schema.data(), summary_schema.size())},
                        {"version", Summary::schema_version}};
    object.emplace("run", to_json(summary.run));
    object.emplace("verdict", json_fields::write_fields(summary.verdict));
    object.emplace("validity", json_fields::write_fields(summary.validity));
    object.emplace("groups", json_fields::to_value(summary.groups));
    if (!summary.comparisons.empty())
        object.emplace("comparisons", json_fields::to_value(summary.comparisons));
    if (summary.hops) object.emplace("hops", json_fields::to_value(*summary.hops));
    if (!summary.labels.empty()) object.emplace("labels", labels_json(summary.labels));
    object.emplace("windows", json_fields::to_value(summary.windows));
    if (summary.baseline) object.emplace("baseline", comparison_to_json(*summary.baseline));
    return object;
}

std::string summary_text(const Summary& summary) {
    std::string text;
    append_indented(to_json(summary), 0, text);
    text += '\n';
    return text;
}

StoredRun stored_run(const json::object& summary) {
    std::string schema;
    std::int64_t version = 0;
    json_fields::FieldReader fields(summary);
    fields("schema", schema);
    fields("version", version);
    if (schema != summary_schema || version != Summary::schema_version) {
        throw RunFolderError(
            fmt::format("summary.json has schema {} version {}, this program reads {} version {}; use the "
                        "release that wrote it",
                        schema.empty() ? "(none)" : terminal_text(schema, 60), version, summary_schema,
                        Summary::schema_version));
    }
    StoredRun stored;
    fields("run", stored.run);
    if (const auto* validity = summary.if_contains("validity"); validity && validity->is_object()) {
        json_fields::FieldReader inner(validity->get_object());
        inner("health", stored.health);
    }
    if (const auto* baseline = summary.if_contains("baseline"); baseline && baseline->is_object())
        stored.baseline = comparison_from_json(baseline->get_object());
    return stored;
}

}  // namespace streamgauge::report
