#include "bench/probe/probe_json.h"

#include "report/export/escape.h"

#include <boost/json.hpp>

#include <optional>
#include <string_view>

namespace streamgauge::probe {

namespace {

namespace json = boost::json;
using report::valid_utf8;

constexpr int schema_version = 1;

void put(json::object& object, std::string_view name, std::optional<nanoseconds> time) {
    if (time) object[name] = time->count();
}
void put(json::object& object, std::string_view name, std::optional<std::uint64_t> number) {
    if (number) object[name] = *number;
}
void put(json::object& object, std::string_view name, std::string_view text) {
    if (!text.empty()) object[name] = valid_utf8(text);
}

json::object verdict_json(const report::BufferingVerdict& verdict) {
    json::object object{{"kind", to_string(verdict.kind)},
                        {"severity", to_string(verdict.severity)},
                        {"confidence", verdict.confidence}};
    put(object, "block_bytes", verdict.block_bytes);
    put(object, "timer_period_ns", verdict.timer_period);
    put(object, "window_tokens", verdict.window_tokens);
    put(object, "estimated_hold_ns", verdict.estimated_hold);
    put(object, "evidence", verdict.evidence);
    return object;
}

json::array strings(const std::vector<std::string>& texts) {
    json::array array;
    for (const auto& text : texts)
        array.emplace_back(valid_utf8(text));
    return array;
}

json::object observation_json(const Observation& each) {
    json::object object{{"name", to_string(each.variant)},
                        {"requests", each.requests},
                        {"answered", each.answered},
                        {"broken", each.broken},
                        {"cut_by_timeout", each.cut}};
    if (!each.failure.empty()) {
        object["outcome"] = to_string(each.failed_as);
        put(object, "failure", each.failure);
    }
    if (each.failed_status != 0) object["http_status"] = each.failed_status;
    if (each.answered == 0) return object;
    object["content_encoding"] = each.is_encoded() ? valid_utf8(each.content_encoding) : "identity";
    put(object, "ttft_ns", each.ttft);
    put(object, "ttfb_ns", each.ttfb);
    put(object, "e2e_ns", each.e2e);
    put(object, "connect_ns", each.connect);
    put(object, "ttft_reused_connection_ns", each.ttft_reused);
    object["token_events"] = each.token_events;
    object["event_bytes"] = each.event_bytes;
    object["tokens_per_second"] = each.tokens_per_second;
    object["events_per_burst"] = each.events_per_burst;
    if (each.events_per_chunk > 0) object["events_per_http_chunk"] = each.events_per_chunk;
    object["uncertain_events"] = each.uncertain_events;
    object["buffering"] = verdict_json(each.verdict);
    json::array arrivals;
    for (const auto arrival : each.arrivals)
        arrivals.emplace_back(arrival.count());
    object["arrivals_ns"] = std::move(arrivals);
    return object;
}

json::array remedies_json(const std::vector<report::Remedy>& remedies) {
    json::array array;
    for (const auto& remedy : remedies) {
        json::object object{{"confidence", remedy.confidence}};
        put(object, "text", remedy.text);
        put(object, "product", remedy.product);
        put(object, "why", remedy.why);
        put(object, "snippet", remedy.snippet);
        put(object, "timeout", remedy.timeout);
        put(object, "source", remedy.source);
        array.emplace_back(std::move(object));
    }
    return array;
}

json::object target_json(const Subject& subject) {
    const auto& target = subject.target();
    return {{"url", valid_utf8(target.url.text)},
            {"method", "POST"},
            {"api", target.api},
            {"model", valid_utf8(subject.scenario.workload.model)},
            {"max_tokens", subject.max_tokens()}};
}

}  // namespace

std::string probe_json(const Report& report) {
    const auto& diagnosis = report.diagnosis;
    json::object object{{"schema_version", schema_version},
                        {"streamgauge", STREAMGAUGE_VERSION},
                        {"answer", to_string(diagnosis.answer)},
                        {"sentence", valid_utf8(diagnosis.sentence)},
                        {"target", target_json(report.subject)}};
    if (const auto* plain = report.evidence.find(Variant::plain); plain != nullptr && plain->answered > 0) {
        put(object, "ttft_ns", plain->ttft);
        put(object, "ttfb_ns", plain->ttfb);
        object["tokens_per_second"] = plain->tokens_per_second;
    }
    object["buffering"] = verdict_json(diagnosis.verdict);
    object["only_when_compressed"] = diagnosis.only_compressed;
    object["reasons"] = strings(diagnosis.reasons);
    put(object, "where", diagnosis.where);
    object["remedies"] = remedies_json(diagnosis.remedies);
    object["on_the_way"] = remedies_json(diagnosis.on_the_way);
    json::array experiments;
    for (const auto& each : report.evidence.observations)
        experiments.emplace_back(observation_json(each));
    object["experiments"] = std::move(experiments);
    json::array left_out;
    for (const auto& each : diagnosis.left_out)
        left_out.emplace_back(json::object{{"name", to_string(each.variant)}, {"why", valid_utf8(each.why)}});
    object["left_out"] = std::move(left_out);
    object["cautions"] = strings(diagnosis.cautions);
    object["client_kept_up"] = diagnosis.client_kept_up;
    object["sent"] = json::object{{"requests", report.sent.requests},
                                  {"at_once", report.sent.at_once},
                                  {"duration_ns", report.sent.duration.count()}};
    return json::serialize(object) + "\n";
}

}  // namespace streamgauge::probe
