#include "report/comparison/run_figures.h"

namespace streamgauge::report {

const FigureOrReason& RunFigures::find(const Key& group, std::size_t at) const {
    static const FigureOrReason nothing{.figure = {}, .value = {}, .reason = "no requests"};
    const auto found = figures.find(group);
    return found == figures.end() ? nothing : found->second[at];
}

RunFigures figures_of(const RunObservations& run, const std::vector<ComparedMetric>& metrics,
                      std::uint64_t seed) {
    RunFigures made{.label = run.label(), .groups = run.groups(), .figures = {}};
    for (const auto& group : made.groups) {
        const auto* observations = run.find(group);
        if (observations == nullptr) continue;
        auto& figures = made.figures[group];
        for (std::size_t metric = 0; metric < metrics.size(); ++metric)
            figures.push_back(observations->figure(metrics, metric, seed));
    }
    return made;
}

}  // namespace streamgauge::report
