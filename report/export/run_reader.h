#pragma once

#include "report/export/run_header.h"
#include "report/model/stream_timeline.h"
#include "report/summary/request_metrics.h"
#include "report/summary/summary.h"
#include "scenarios/scenario.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace streamgauge::report {

/// A run as its folder tells it.
struct LoadedRun {
    scenarios::Scenario scenario;  ///< without secrets and prompts: what gates and groups need
    Summary summary;               ///< computed anew from the rows
    std::uint64_t damaged_lines = 0;
    std::vector<std::string> notes;  ///< one sentence each on what is missing or was skipped
};

/// Rebuilds a run from its rows; figures are the same as those the run itself gave. Works on the folder of a
/// killed run too, which is marked `partial`. What only the client knew, such as its lag, comes from
/// summary.json. Throws RunFolderError.
LoadedRun read_run(const std::filesystem::path& path);

/// Tells `begin` what the run was, then gives every request of its rows to `take`, in their order. Returns
/// how many damaged lines were left out. Throws RunFolderError, also where the rows are of another version.
std::uint64_t for_each_request(const std::filesystem::path& path,
                               const std::function<void(const RunHeader&)>& begin,
                               const std::function<void(const RequestMetrics&)>& take);

/// The summary alone.
Summary load_run(const std::filesystem::path& folder);

/// The full timelines that a run kept, for the page; damaged lines are left out, and all of
/// them when the file has lost its first line. Moments count from the run's start.
std::vector<StreamTimeline> load_timelines(const std::filesystem::path& path);

}  // namespace streamgauge::report
