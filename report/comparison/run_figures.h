#pragma once

#include "report/comparison/compared_metric.h"
#include "report/comparison/run_observations.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace streamgauge::report {

/// What remains of a run's observations for a comparison: a few figures, whatever its length.
struct RunFigures {
    using Key = RunObservations::Key;

    std::string label;
    std::vector<Key> groups;                             ///< in the scenario's order
    std::map<Key, std::vector<FigureOrReason>> figures;  ///< one a metric; none where no request came

    /// Of metric number `at`; one without value or figure where nothing is known.
    const FigureOrReason& find(const Key& group, std::size_t at) const;
};

/// The figures of all groups; `metrics` are those of the observations, `seed` decides the resamples.
RunFigures figures_of(const RunObservations& run, const std::vector<ComparedMetric>& metrics,
                      std::uint64_t seed);

}  // namespace streamgauge::report
