#pragma once

#include "report/comparison/compared_metric.h"
#include "report/stats/run_figure.h"
#include "report/summary/request_metrics.h"
#include "scenarios/scenario.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace streamgauge::report {

/// A figure of a run, or in a few words why there is none that an interval could be given for.
struct FigureOrReason {
    std::optional<RunFigure> figure;
    std::optional<double> value;  ///< as RunFigure::value, also where the run is too short for `figure`
    std::string reason;
};

/// What the requests of one target in one measured phase say about the figures that runs are compared by.
class GroupObservations {
  public:
    explicit GroupObservations(std::size_t metrics) : by_metric_(metrics) {}

    void add(const RequestMetrics& request, const std::vector<ComparedMetric>& metrics);

    /// Of metric number `at` of `metrics`. `seed` decides the resamples.
    FigureOrReason figure(const std::vector<ComparedMetric>& metrics, std::size_t at,
                          std::uint64_t seed) const;

  private:
    std::chrono::nanoseconds median_e2e() const;

    std::vector<std::vector<Observation>> by_metric_;
    std::vector<std::chrono::nanoseconds> e2e_;
    std::optional<std::chrono::nanoseconds> first_, last_;  ///< when requests were due
};

/// The observations of a run by (target, phase), warm-ups left out. Requests count as in a summary: every one
/// that came so far counts for a moment, one that timed out before it ranks above all others, and of errors
/// all requests due are the denominator.
class RunObservations {
  public:
    /// `metrics` outlives this object.
    RunObservations(std::string label, const scenarios::Scenario& scenario,
                    const std::vector<ComparedMetric>& metrics);

    void add(const RequestMetrics& request);

    using Key = std::pair<std::string, std::string>;  ///< target, phase
    const std::string& label() const { return label_; }
    const GroupObservations* find(const Key& group) const;
    const std::vector<Key>& groups() const { return groups_; }  ///< in the scenario's order

  private:
    std::string label_;
    const std::vector<ComparedMetric>& metrics_;
    std::vector<std::string> targets_, phases_;
    std::vector<bool> warmup_;
    std::vector<Key> groups_;
    std::map<Key, GroupObservations> observations_;
};

}  // namespace streamgauge::report
