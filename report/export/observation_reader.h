#pragma once

#include "report/comparison/run_observations.h"

#include <filesystem>
#include <string>
#include <vector>

namespace streamgauge::report {

/// What a run was asked to do.
struct RunShape {
    std::string label;
    std::string scenario_name;
    std::string load;  ///< what the requests were to be like; equal for equal scenarios
};

/// The observations of one run, and what its scenario was.
struct ReadRun {
    RunObservations observations;
    RunShape shape;
    std::vector<std::string> notes;  ///< one sentence each on what is missing, or weakens the run
};

/// Reads a run folder's rows alone, so that a killed run will do; summary.json, where there is one, only adds
/// to the notes. `label` is what the run is called. `metrics` outlive the result. Throws RunFolderError.
ReadRun read_observations(const std::filesystem::path& folder, const std::vector<ComparedMetric>& metrics,
                          const std::string& label);

/// A sentence on why two runs may differ for another reason than what is to be compared; empty where their
/// scenarios ask for the same.
std::string scenario_difference(const RunShape& base, const RunShape& candidate);

}  // namespace streamgauge::report
