#pragma once

#include "report/export/json_reader.h"
#include "report/export/masker.h"
#include "report/summary/request_metrics.h"

#include <optional>
#include <string>
#include <vector>

namespace streamgauge::report {

/// What stands for the numbers of targets, phases and labels in files.
struct RunNames {
    std::vector<std::string> targets, phases, labels{};

    static RunNames of(const scenarios::Scenario& scenario);
};

/// The position of `name` in `names`.
std::optional<std::uint32_t> index_of(const std::vector<std::string>& names, std::string_view name);

/// Masks what the server said, makes it well-formed UTF-8 and cuts it, before anything is done with it.
void clean_request(RequestMetrics& request, const Masker& masker);

/// One line of requests.jsonl, with its end. Times are integer nanoseconds under a name that ends in `_ns`; a
/// field that was not measured is absent. `request` is clean.
std::string request_row(const RequestMetrics& request, const RunNames& names);

/// The way back, from a line the reader has parsed. Empty when a field that every row has is missing or names
/// a target, phase or outcome that is not known.
std::optional<RequestMetrics> parse_request_row(JsonLineReader& line, const RunNames& names);

}  // namespace streamgauge::report
