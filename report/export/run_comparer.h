#pragma once

#include "report/comparison/comparison.h"
#include "report/export/observation_reader.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::report {

/// Reads runs for a comparison, one after the other, and keeps of each only its figures.
class RunComparer {
  public:
    /// Names in the gate that are no figure are left out.
    explicit RunComparer(ComparisonOptions options);

    /// Each reads a run folder, which is shown as `label`. Baselines come first, each
    /// run once. Throws RunFolderError.
    void add_baseline(const std::filesystem::path& folder, const std::string& label);
    void add_candidate(const std::filesystem::path& folder, const std::string& label);

    /// The baselines read so far.
    const std::vector<RunFigures>& baselines() const { return baselines_; }
    /// Whether a run has a value of any gated figure in a group.
    bool has_gated(const RunFigures& run, const RunFigures::Key& group) const;

    /// Needs a baseline.
    RunComparison compare() const;

  private:
    RunFigures read(const std::filesystem::path& folder, const std::string& label);
    /// The label of the baseline in this folder; null where there is none.
    const std::string* baseline_at(const std::filesystem::path& folder) const;

    ComparisonOptions options_;
    std::vector<ComparedMetric> metrics_;
    std::uint64_t seed_;
    std::optional<RunShape> first_;
    std::vector<RunFigures> baselines_, candidates_;
    std::vector<std::filesystem::path> baseline_folders_;
    std::vector<std::string> notes_;
};

}  // namespace streamgauge::report
