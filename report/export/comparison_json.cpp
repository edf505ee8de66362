#include "report/export/comparison_json.h"

#include "report/comparison/compared_metric.h"
#include "report/export/json_fields.h"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace streamgauge::report {
namespace {

namespace json = boost::json;
using json_fields::FieldReader;
using json_fields::to_value;

constexpr std::array<std::string_view, 4> verdict_names{"better", "worse", "same", "undecided"};

/// Nine digits are plenty, and come back from JSON as they went, though its parser may be off in the last of
/// seventeen.
double rounded(double value) {
    const auto text = fmt::format("{:.9g}", value);
    double result = value;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return result;
}

void put(json::object& object, const char* name, const std::optional<double>& value) {
    if (value && std::isfinite(*value)) object[name] = rounded(*value);
}

void read(FieldReader& fields, const char* name, std::optional<double>& value) {
    fields(name, value);
    if (value) value = rounded(*value);
}
void read(FieldReader& fields, const char* name, double& value) {
    fields(name, value);
    value = rounded(value);
}

json::object to_json(const RunComparisonRow& row, const RunDifference& figure) {
    json::object object;
    put(object, row.is_share ? "value" : "value_ns", figure.value);
    if (figure.value && std::isinf(*figure.value)) object["timed_out"] = true;
    put(object, "change", figure.size());
    if (const auto& change = figure.change) {
        put(object, "low", change->low);
        put(object, "high", change->high);
        object["p_value"] = rounded(figure.p_value);
        object["within_run"] = change->within_run;
        if (figure.verdict.more_requests) object["more_requests"] = *figure.verdict.more_requests;
    }
    if (figure.is_compared()) object["verdict"] = to_string(figure.verdict.kind);
    if (!figure.change) object["reason"] = to_value(figure.reason);
    return object;
}

json::object to_json(const RunComparisonRow& row) {
    json::object object;
    object["target"] = to_value(row.target);
    object["phase"] = to_value(row.phase);
    object["metric"] = to_value(row.metric);
    object["gated"] = row.gated;
    put(object, row.is_share ? "base" : "base_ns", row.base);
    auto& candidates = object["candidates"].emplace_array();
    for (const auto& figure : row.figures)
        candidates.push_back(to_json(row, figure));
    return object;
}

/// A change with its interval, as far as the object tells of one.
std::optional<Change> change_of(FieldReader& fields, const RunComparisonRow& row,
                                const RunDifference& figure) {
    std::optional<double> p_value, size;
    read(fields, "p_value", p_value);
    read(fields, "change", size);
    if (!p_value) return std::nullopt;
    Change change{.scale = row.is_share ? FigureScale::share : FigureScale::ratio,
                  .base = row.base.value_or(0),
                  .candidate = figure.value.value_or(0),
                  .p_value = *p_value};
    fields("within_run", change.within_run);
    change.beyond = !size;
    change.change = size.value_or(censored_value);
    change.high = change.beyond ? censored_value : 0;
    read(fields, "low", change.low);
    read(fields, "high", change.high);
    return change;
}

RunDifference difference_from_json(const json::object& object, const RunComparisonRow& row) {
    FieldReader fields(object);
    RunDifference figure;
    bool timed_out = false;
    fields("timed_out", timed_out);
    read(fields, row.is_share ? "value" : "value_ns", figure.value);
    if (timed_out) figure.value = censored_value;
    figure.change = change_of(fields, row, figure);
    if (figure.change) figure.p_value = figure.change->p_value;
    if (!figure.change) read(fields, "change", figure.bare_change);
    json_fields::list_name(fields, "verdict", figure.verdict.kind, verdict_names);
    fields("more_requests", figure.verdict.more_requests);
    fields("reason", figure.reason);
    return figure;
}

RunComparisonRow row_from_json(const json::object& object) {
    FieldReader fields(object);
    RunComparisonRow row;
    fields("target", row.target);
    fields("phase", row.phase);
    fields("metric", row.metric);
    fields("gated", row.gated);
    const auto metric = parse_compared_metric(row.metric);
    row.is_share = metric && metric->is_share();
    read(fields, row.is_share ? "base" : "base_ns", row.base);
    std::vector<json::object> candidates;
    fields("candidates", candidates);
    for (const auto& candidate : candidates)
        row.figures.push_back(difference_from_json(candidate, row));
    return row;
}

}  // namespace

json::object comparison_to_json(const RunComparison& comparison) {
    json::object object;
    object["schema"] = "streamgauge.comparison";
    object["schema_version"] = 1;
    object["baselines"] = to_value(comparison.baselines);
    object["candidates"] = to_value(comparison.candidates);
    object["floor"] = {{"relative", rounded(comparison.floor.relative)},
                       {"time_ns", rounded(comparison.floor.nanoseconds)},
                       {"errors", rounded(comparison.floor.share)}};
    object["regressed"] = comparison.regressed();
    object["undecided"] = comparison.undecided();
    object["notes"] = to_value(comparison.notes);
    auto& rows = object["rows"].emplace_array();
    for (const auto& row : comparison.rows)
        rows.push_back(to_json(row));
    return object;
}

RunComparison comparison_from_json(const json::object& object) {
    RunComparison comparison;
    FieldReader fields(object);
    fields("baselines", comparison.baselines);
    fields("candidates", comparison.candidates);
    fields("notes", comparison.notes);
    json::object floor;
    fields("floor", floor);
    FieldReader floors(floor);
    read(floors, "relative", comparison.floor.relative);
    read(floors, "time_ns", comparison.floor.nanoseconds);
    read(floors, "errors", comparison.floor.share);
    std::vector<json::object> rows;
    fields("rows", rows);
    for (const auto& row : rows)
        comparison.rows.push_back(row_from_json(row));
    return comparison;
}

}  // namespace streamgauge::report
