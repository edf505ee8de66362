#include "report/export/run_header.h"

#include "report/export/json_fields.h"
#include "report/export/json_line.h"
#include "report/export/json_reader.h"
#include "report/export/run_folder.h"
#include "report/export/scenario_json.h"
#include "report/export/summary_json.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <optional>

namespace streamgauge::report {
namespace {

JsonLine begin_header(std::string_view schema) {
    JsonLine line;
    line.field("schema", schema);
    line.field("version", row_schema::version);
    return line;
}

struct FoundHeader {
    std::string schema;
    int version = 0;
};

FoundHeader find_header(const std::optional<boost::json::value>& json) {
    FoundHeader found;
    if (json && json->is_object()) {
        json_fields::FieldReader fields(json->get_object());
        fields("schema", found.schema);
        fields("version", found.version);
    }
    return found;
}

boost::json::object parse_header(std::string_view line, std::string_view schema,
                                 const std::filesystem::path& file) {
    const auto json = parse_json(line);
    const auto [found, version] = find_header(json);
    if (found != schema) {
        throw RunFolderError(
            fmt::format("{} does not begin with a {} header; it was not written by `streamgauge run` or has "
                        "lost its first line",
                        file.string(), schema));
    }
    if (version != row_schema::version) {
        throw RunFolderError(
            fmt::format("{} has version {} of {}, this program reads version {}; use the release of "
                        "streamgauge that wrote it",
                        file.string(), version, schema, row_schema::version));
    }
    return json->get_object();
}

}  // namespace

std::string requests_header(const RunInfo& run, const scenarios::Scenario& scenario) {
    auto line = begin_header(row_schema::requests);
    line.raw("run", boost::json::serialize(to_json(run)));
    line.raw("scenario", boost::json::serialize(scenario_to_json(scenario)));
    return std::move(line).finish();
}

std::string rows_header(std::string_view schema) {
    return begin_header(schema).finish();
}

RunHeader parse_requests_header(std::string_view line, const std::filesystem::path& file) {
    const auto json = parse_header(line, row_schema::requests, file);
    const auto* run = json.if_contains("run");
    const auto* scenario = json.if_contains("scenario");
    if (!run || !run->is_object() || !scenario || !scenario->is_object()) {
        throw RunFolderError(
            fmt::format("the first line of {} lacks the run or its scenario", file.string()));
    }
    return {run_info_from_json(run->get_object()), scenario_from_json(scenario->get_object())};
}

bool is_header(std::string_view line, std::string_view schema) {
    return find_header(parse_json(line)).schema == schema;
}

void check_rows_header(std::string_view line, std::string_view schema, const std::filesystem::path& file) {
    parse_header(line, schema, file);
}

}  // namespace streamgauge::report
