#include "report/export/observation_reader.h"

#include "report/export/run_reader.h"
#include "report/export/scenario_json.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <optional>

namespace streamgauge::report {
namespace {

/// Everything of a scenario that shapes the requests. Names, seeds, gates and addresses may differ: comparing
/// them is what a comparison is for.
std::string load_of(const scenarios::Scenario& scenario) {
    const auto json = scenario_to_json(scenario);
    boost::json::object shape;
    for (const auto* const name : {"load", "workload", "connections", "limits", "compare", "split"}) {
        if (const auto* value = json.if_contains(name)) shape[name] = *value;
    }
    return boost::json::serialize(shape);
}

}  // namespace

ReadRun read_observations(const std::filesystem::path& folder, const std::vector<ComparedMetric>& metrics,
                          const std::string& label) {
    std::optional<ReadRun> run;
    const auto begin = [&](const RunHeader& header) {
        run.emplace(ReadRun{RunObservations(label, header.scenario, metrics),
                            {label, header.scenario.name, load_of(header.scenario)},
                            {}});
    };
    const auto damaged = for_each_request(
        folder, begin, [&](const RequestMetrics& request) { run->observations.add(request); });
    if (damaged > 0) run->notes.push_back(fmt::format("{}: {} damaged rows are left out.", label, damaged));
    return *std::move(run);
}

std::string scenario_difference(const RunShape& base, const RunShape& candidate) {
    if (base.load != candidate.load) {
        return fmt::format(
            "{} was run with another load or workload than the base: what changed may come "
            "from that.",
            candidate.label);
    }
    if (base.scenario_name == candidate.scenario_name) return "";
    return fmt::format("{} is of the scenario `{}`, the base of `{}`.", candidate.label,
                       candidate.scenario_name, base.scenario_name);
}

}  // namespace streamgauge::report
