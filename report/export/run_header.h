#pragma once

#include "report/summary/summary.h"
#include "scenarios/scenario.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace streamgauge::report {

/// The files of rows, by the name that stands in their first line.
namespace row_schema {
inline constexpr std::string_view requests = "streamgauge.requests";
inline constexpr std::string_view timelines = "streamgauge.timelines";
inline constexpr std::string_view gaps = "streamgauge.itl";
inline constexpr int version = 1;
}  // namespace row_schema

/// First line of requests.jsonl, with its end: what a killed run is rebuilt from.
std::string requests_header(const RunInfo& run, const scenarios::Scenario& scenario);

/// First line of the other files of rows, with its end.
std::string rows_header(std::string_view schema);

struct RunHeader {
    RunInfo run;
    scenarios::Scenario scenario;
};
/// Reads the first line of requests.jsonl. `file` is for messages. Throws RunFolderError when it is no such
/// line or of another version.
RunHeader parse_requests_header(std::string_view line, const std::filesystem::path& file);

/// True when `line` is the first line of a file of `schema`, of whatever version.
bool is_header(std::string_view line, std::string_view schema);

/// Throws RunFolderError unless `line` is the first line of a file of `schema`.
void check_rows_header(std::string_view line, std::string_view schema, const std::filesystem::path& file);

}  // namespace streamgauge::report
