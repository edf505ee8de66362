#include "report/export/request_row.h"

#include "report/buffering/remedies/product_headers.h"
#include "report/export/escape.h"
#include "report/export/json_line.h"
#include "report/summary/label_values.h"

#include <algorithm>

namespace streamgauge::report {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;

constexpr std::size_t longest_detail = 500;
constexpr std::size_t longest_word = 80;

class RowWriter {
  public:
    explicit RowWriter(JsonLine& line) : line_(line) {}

    void operator()(std::string_view name, const std::string& text) {
        if (!text.empty()) line_.field(name, std::string_view(text));
    }
    void operator()(std::string_view name, nanoseconds value) { line_.field(name, value.count()); }
    void operator()(std::string_view name, bool value) { line_.field(name, value); }
    void operator()(std::string_view name, std::uint64_t value) { line_.field(name, value); }
    void operator()(std::string_view name, std::int64_t value) { line_.field(name, value); }
    void operator()(std::string_view name, double value) { line_.field(name, value); }
    template <typename T>
    void operator()(std::string_view name, const std::optional<T>& value) {
        if (value) (*this)(name, *value);
    }

  private:
    JsonLine& line_;
};

class RowReader {
  public:
    explicit RowReader(JsonLineReader& line) : line_(line) {}

    void operator()(std::string_view name, std::string& value) { value = line_.text(name).value_or(""); }
    void operator()(std::string_view name, nanoseconds& value) {
        value = nanoseconds(line_.integer(name).value_or(0));
    }
    void operator()(std::string_view name, bool& value) { value = line_.boolean(name).value_or(false); }
    void operator()(std::string_view name, std::uint64_t& value) { value = line_.count(name).value_or(0); }
    void operator()(std::string_view name, std::int64_t& value) { value = line_.integer(name).value_or(0); }
    void operator()(std::string_view name, double& value) { value = line_.number(name).value_or(0); }
    void operator()(std::string_view name, std::optional<nanoseconds>& value) {
        if (const auto count = line_.integer(name)) value = nanoseconds(*count);
    }
    void operator()(std::string_view name, std::optional<std::uint64_t>& value) { value = line_.count(name); }
    void operator()(std::string_view name, std::optional<double>& value) { value = line_.number(name); }

  private:
    JsonLineReader& line_;
};

/// Every field of a row that is the same in both directions.
template <typename Fields, typename Request>
void list_figures(Fields& fields, Request& request) {
    fields("start_ns", request.start);
    fields("schedule_lag_ns", request.schedule_lag);
    fields("ttft_ns", request.ttft);
    fields("ttft_sent_ns", request.ttft_sent);
    fields("ttfa_ns", request.ttfa);
    fields("ttfb_ns", request.ttfb);
    fields("headers_ns", request.headers);
    fields("last_token_sent_ns", request.last_token_sent);
    fields("e2e_ns", request.e2e);
    fields("total_ns", request.total);
    fields("age_ns", request.age);
    fields("silence_ns", request.silence);
    fields("longest_silence_ns", request.longest_silence);
    fields("tpot_ns", request.tpot);
    fields("token_events", request.token_events);
    fields("output_tokens", request.output_tokens);
    fields("input_tokens", request.input_tokens);
    fields("reasoning_tokens", request.reasoning_tokens);
    fields("tokens_from_usage", request.tokens_from_usage);
    fields("tokens_per_event", request.tokens_per_event);
    fields("events_per_read", request.events_per_read);
    fields("max_gap_ns", request.max_gap);
    fields("stalls", request.stalls);
    fields("jank", request.jank);
    fields("fluidity", request.fluidity);
    fields("uncertain_events", request.uncertain_events);
    fields("hold_p50_ns", request.hold_p50);
    fields("hold_p95_ns", request.hold_p95);
    fields("hold_max_ns", request.hold_max);
    fields("connection_wait_ns", request.connection_wait);
    fields("resolve_ns", request.resolve);
    fields("connect_ns", request.connect);
    fields("tls_ns", request.tls);
    fields("send_ns", request.send);
    fields("first_token_lag_ns", request.first_token_lag);
    fields("retry_after_ns", request.retry_after);
    fields("wire_bytes", request.wire_bytes);
    fields("block_bytes", request.buffering.block_bytes);
    fields("timer_period_ns", request.buffering.timer_period);
    fields("window_tokens", request.buffering.window_tokens);
    fields("buffering_confidence", request.buffering.confidence);
    fields("hold_estimated_ns", request.buffering.estimated_hold);
}

/// A stream whose tokens came in groups keeps their rhythm, so that a run read again from its rows pools it.
template <typename Fields, typename Rhythm>
void list_rhythm(Fields& fields, Rhythm& rhythm) {
    fields("burst_gap_ns", rhythm.gap);
    fields("burst_tokens", rhythm.tokens);
    fields("burst_bytes", rhythm.bytes);
    fields("burst_gap_slack_ns", rhythm.slack);
    fields("burst_bytes_slack", rhythm.slack_bytes);
    fields("timer_bits", rhythm.timer_bits);
    fields("window_bits", rhythm.window_bits);
    fields("size_bits", rhythm.size_bits);
    fields("burst_first_tokens", rhythm.first_tokens);
}

/// Arrivals as steps in microseconds, the first from `sent`: short, and the way back is exact.
std::vector<std::int64_t> steps_of(const ArrivalCurve& arrivals) {
    std::vector<std::int64_t> steps;
    nanoseconds before{0};
    for (const auto arrival : arrivals) {
        steps.push_back((arrival - before) / microseconds{1});
        before = arrival;
    }
    return steps;
}

/// Empty unless the steps are those of a stream of less than a year.
ArrivalCurve arrivals_from(const std::vector<std::int64_t>& steps) {
    constexpr microseconds longest = std::chrono::hours{24 * 365};
    ArrivalCurve arrivals;
    if (steps.size() != arrival_points) return arrivals;
    microseconds arrival{0};
    for (const auto step : steps) {
        if (microseconds{step} > longest || microseconds{step} < -longest) return {};
        arrival += microseconds{step};
        if (arrival > longest || arrival < -longest) return {};
        arrivals.emplace_back(arrival);
    }
    return arrivals;
}

std::string pairs_json(const HeaderFields& headers) {
    std::string json = "[";
    for (const auto& [name, value] : headers) {
        if (json.size() > 1) json += ',';
        json += '[' + json_string(name) + ',' + json_string(value) + ']';
    }
    return json + ']';
}

/// What a label's value may look like in every output: one line, no longer than is kept.
std::string clean_label(std::string_view value) {
    return one_line(value, longest_label_value);
}

/// Values by the names of their labels; a response without the header has none.
std::string labels_json(const std::vector<std::string>& values, const std::vector<std::string>& labels) {
    std::string json = "{";
    for (std::size_t i = 0; i < std::min(values.size(), labels.size()); ++i) {
        if (values[i] == no_label_value) continue;
        if (json.size() > 1) json += ',';
        json += json_string(labels[i]) + ':' + json_string(values[i]);
    }
    return json + '}';
}

/// The way back, with a value for each of `labels`.
std::vector<std::string> labels_from(const std::vector<std::pair<std::string, std::string>>& row,
                                     const std::vector<std::string>& labels) {
    std::vector<std::string> values(labels.size(), std::string(no_label_value));
    for (const auto& [name, value] : row) {
        if (const auto label = index_of(labels, name)) values[*label] = clean_label(value);
    }
    return values;
}

}  // namespace

RunNames RunNames::of(const scenarios::Scenario& scenario) {
    RunNames names;
    for (const auto& target : scenario.targets)
        names.targets.push_back(target.name);
    for (const auto& phase : scenario.load)
        names.phases.push_back(phase.name);
    for (const auto& label : scenario.labels)
        names.labels.push_back(label.name);
    return names;
}

std::optional<std::uint32_t> index_of(const std::vector<std::string>& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - names.begin());
}

void clean_request(RequestMetrics& request, const Masker& masker) {
    request.detail = valid_utf8(masker.mask(request.detail), longest_detail);
    request.finish_reason = valid_utf8(masker.mask(request.finish_reason), longest_word);
    for (auto& value : request.labels)
        value = clean_label(masker.mask(value));
    for (auto& [name, value] : request.product_headers)
        value = valid_utf8(masker.mask(value), longest_product_header);
}

std::string request_row(const RequestMetrics& request, const RunNames& names) {
    JsonLine line;
    RowWriter fields(line);
    fields("request_id", request.request_id);
    fields("sequence", request.sequence);
    fields("target", names.targets.at(request.target));
    fields("phase", names.phases.at(request.phase));
    fields("pair_id", request.pair_id);
    if (!request.pair_id.empty()) fields("pair_position", request.pair_position);
    fields("start_unix_ns", request.start_unix_ns);
    fields("outcome", std::string(to_string(request.outcome)));
    if (request.http_status != 0) line.field("http_status", request.http_status);
    if (request.new_connection || request.send) {
        line.field("connection", request.new_connection ? "new" : "reused");
    }
    fields("buffering", std::string(to_string(request.buffering.kind)));
    list_figures(fields, request);
    if (const auto& rhythm = request.buffering.rhythm) {
        fields("bursts", rhythm->bursts);
        list_rhythm(fields, *rhythm);
    }
    if (!request.arrivals.empty()) line.field("arrival_steps_us", steps_of(request.arrivals));
    if (const auto labels = labels_json(request.labels, names.labels); labels != "{}")
        line.raw("labels", labels);
    fields("finish_reason", request.finish_reason);
    fields("detail", request.detail);
    if (!request.product_headers.empty()) line.raw("product_headers", pairs_json(request.product_headers));
    return std::move(line).finish();
}

std::optional<RequestMetrics> parse_request_row(JsonLineReader& line, const RunNames& names) {
    const auto target = index_of(names.targets, line.text("target").value_or(""));
    const auto phase = index_of(names.phases, line.text("phase").value_or(""));
    const auto outcome = parse_outcome(line.text("outcome").value_or(""));
    if (!target || !phase || !outcome || !line.integer("start_ns")) return std::nullopt;

    RequestMetrics request;
    RowReader fields(line);
    fields("request_id", request.request_id);
    fields("sequence", request.sequence);
    request.target = *target;
    request.phase = *phase;
    fields("pair_id", request.pair_id);
    fields("pair_position", request.pair_position);
    fields("start_unix_ns", request.start_unix_ns);
    request.outcome = *outcome;
    request.http_status = static_cast<int>(line.integer("http_status").value_or(0));
    request.new_connection = line.text("connection") == "new";
    const auto* const kind =
        std::ranges::find(buffering_names, line.text("buffering").value_or("insufficient"));
    if (kind == buffering_names.end()) return std::nullopt;
    request.buffering.kind = static_cast<BufferingKind>(kind - buffering_names.begin());
    list_figures(fields, request);
    if (request.buffering.is_buffered() && request.buffering.estimated_hold)
        request.buffering.severity = severity_of(*request.buffering.estimated_hold);
    if (const auto bursts = line.count("bursts")) {
        request.buffering.rhythm.emplace().bursts = *bursts;
        list_rhythm(fields, *request.buffering.rhythm);
    }
    if (const auto steps = line.integers("arrival_steps_us")) request.arrivals = arrivals_from(*steps);
    request.labels = labels_from(line.texts("labels"), names.labels);
    fields("finish_reason", request.finish_reason);
    fields("detail", request.detail);
    request.product_headers = product_headers(line.pairs("product_headers"), remedy_catalogue());
    return request;
}

}  // namespace streamgauge::report
