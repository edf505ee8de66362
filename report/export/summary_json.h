#pragma once

#include "report/model/client_health.h"
#include "report/summary/summary.h"

#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace streamgauge::report {

/// A summary as summary.json has it: keys are the field names in the order of the structs, durations are
/// integer nanoseconds under the name with `_ns` appended, and what was not measured is absent.
boost::json::object to_json(const Summary& summary);

/// The text of summary.json: indented, keys in a fixed order, so that two summaries can be compared line by
/// line.
std::string summary_text(const Summary& summary);

/// What cannot be computed anew from rows.
struct StoredRun {
    RunInfo run;
    ClientHealth health;
    std::optional<RunComparison> baseline;  ///< its runs may be gone by now
};

/// Reads the run, the client's health and what was compared back. Throws RunFolderError when the schema is
/// another.
StoredRun stored_run(const boost::json::object& summary);

boost::json::object to_json(const RunInfo& run);
RunInfo run_info_from_json(const boost::json::object& json);

}  // namespace streamgauge::report
