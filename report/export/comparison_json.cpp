#include "report/export/comparison_json.h"

#include "report/export/json_fields.h"

#include <boost/json/array.hpp>

#include <cmath>

namespace streamgauge::report {
namespace {

namespace json = boost::json;
using json_fields::to_value;

void put(json::object& object, const char* name, const std::optional<double>& value) {
    if (value && std::isfinite(*value)) object[name] = *value;
}

json::object to_json(const ComparedRow& row, const ComparedFigure& figure) {
    json::object object;
    put(object, row.is_share ? "value" : "value_ns", figure.value);
    if (figure.value && std::isinf(*figure.value)) object["timed_out"] = true;
    if (const auto& change = figure.change) {
        put(object, "change", change->change);
        put(object, "low", change->low);
        put(object, "high", change->high);
        object["p_value"] = figure.p_value;
        object["within_run"] = change->within_run;
        object["verdict"] = to_string(figure.verdict.kind);
        if (figure.verdict.more_requests) object["more_requests"] = *figure.verdict.more_requests;
    } else {
        object["reason"] = to_value(figure.reason);
    }
    return object;
}

json::object to_json(const ComparedRow& row) {
    json::object object;
    object["target"] = to_value(row.target);
    object["phase"] = to_value(row.phase);
    object["metric"] = row.metric;
    object["gated"] = row.gated;
    put(object, row.is_share ? "base" : "base_ns", row.base);
    auto& candidates = object["candidates"].emplace_array();
    for (const auto& figure : row.figures)
        candidates.push_back(to_json(row, figure));
    return object;
}

}  // namespace

json::object comparison_to_json(const Comparison& comparison) {
    json::object object;
    object["schema"] = "streamgauge.comparison";
    object["schema_version"] = 1;
    object["baselines"] = to_value(comparison.baselines);
    object["candidates"] = to_value(comparison.candidates);
    object["regressed"] = comparison.regressed();
    object["undecided"] = comparison.undecided();
    object["notes"] = to_value(comparison.notes);
    auto& rows = object["rows"].emplace_array();
    for (const auto& row : comparison.rows)
        rows.push_back(to_json(row));
    return object;
}

}  // namespace streamgauge::report
