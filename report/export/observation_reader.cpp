#include "report/export/observation_reader.h"

#include "report/export/escape.h"
#include "report/export/json_reader.h"
#include "report/export/run_folder.h"
#include "report/export/run_reader.h"
#include "report/export/scenario_json.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

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

const boost::json::object* object_of(const boost::json::object& parent, std::string_view name) {
    const auto* value = parent.if_contains(name);
    return value ? value->if_object() : nullptr;
}

bool is(const boost::json::object* object, std::string_view name, bool wanted) {
    const auto* value = object ? object->if_contains(name) : nullptr;
    return value && value->is_bool() && value->get_bool() == wanted;
}

/// What the run said of itself in the end, where that weakens a comparison: it was stopped early, or the
/// client could not keep up. Empty without a summary that can be read, as rows are all that is needed.
std::string caveat_of(const std::filesystem::path& summary) {
    std::ifstream in(summary, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    const auto json = parse_json(text.str());
    const auto* top = json ? json->if_object() : nullptr;
    if (!top) return "";
    const auto* run = object_of(*top, "run");
    const bool stopped = is(run, "partial", true) || is(run, "interrupted", true) ||
                         (run && object_of(*run, "aborted") != nullptr);
    if (!stopped && !is(object_of(*top, "validity"), "valid", false)) return "";
    const auto* verdict = object_of(*top, "verdict");
    const auto* sentence = verdict ? verdict->if_contains("sentence") : nullptr;
    constexpr std::size_t most = 300;
    return sentence && sentence->is_string() ? terminal_text(sentence->get_string(), most) : "";
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
    if (const auto caveat = caveat_of(RunFolder::open(folder).summary()); !caveat.empty())
        run->notes.push_back(fmt::format("{} ended so: {}", label, caveat));
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
