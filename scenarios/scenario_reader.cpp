#include "scenarios/scenario_reader.h"

#include "scenarios/abort_reader.h"
#include "scenarios/baseline_reader.h"
#include "scenarios/comparison_reader.h"
#include "scenarios/expectation_reader.h"
#include "scenarios/label_reader.h"
#include "scenarios/load_reader.h"
#include "scenarios/mapping_reader.h"
#include "scenarios/settings_reader.h"
#include "scenarios/target_reader.h"
#include "scenarios/workload_reader.h"

#include <fmt/format.h>

namespace streamgauge::scenarios {
namespace {

void read_version(MappingReader& reader, Scenario& scenario, DiagnosticCollector& diagnostics) {
    const YamlNode* node = reader.require("version", "version: 1");
    if (node == nullptr || node->unusable) return;
    if (node->is_scalar() && scalar_type(*node) == ScalarType::whole_number && node->text == "1") {
        scenario.version = 1;
        return;
    }
    diagnostics.error(
        node->is_null() ? node->key_where : node->where,
        fmt::format("`version` is {}; this program reads version 1 of the language", describe(*node)));
}

void read_seed(MappingReader& reader, Scenario& scenario, DiagnosticCollector& diagnostics) {
    const YamlNode* node = reader.find("seed");
    if (node == nullptr) return;
    // JSON numbers beyond 2^53 lose digits, and the seed is stored in JSON.
    const WholeNumberRange range{.least = 0, .most = 9'007'199'254'740'991};
    if (const auto seed = read_whole_number(*node, "seed", range, diagnostics)) scenario.seed = *seed;
}

}  // namespace

Scenario read_scenario(const YamlNode& root, ReadContext& context) {
    Scenario scenario;
    MappingReader reader(root, "", context.diagnostics);
    read_version(reader, scenario, context.diagnostics);
    reader.text("name", scenario.name);
    read_seed(reader, scenario, context.diagnostics);
    if (const auto* node =
            reader.require("targets", "targets: { api: http://127.0.0.1:8080/v1/chat/completions }")) {
        scenario.targets = read_targets(*node, context);
    }
    scenario.comparison = read_comparison(reader, scenario.targets, context);
    if (const auto* node = reader.find("split")) read_split(*node, scenario.targets, context);
    if (const auto* node = reader.find("workload")) scenario.workload = read_workload(*node, context);
    if (const auto* node = reader.require("load", "load: [{ phase: steady, users: 20, for: 30s }]")) {
        scenario.load = read_load(*node, context);
    }
    reader.duration("drain", scenario.drain, Zero::allowed);
    if (const auto* node = reader.find("limits")) scenario.limits = read_limits(*node, context);
    if (const auto* node = reader.find("connections"))
        scenario.connections = read_connections(*node, context);
    if (const auto* node = reader.find("timeouts")) scenario.timeouts = read_timeouts(*node, context);
    if (const auto* node = reader.find("budgets")) scenario.budgets = read_budgets(*node, context);
    if (const auto* node = reader.find("labels")) scenario.labels = read_labels(*node, context);
    if (const auto* node = reader.find("expect"))
        scenario.expect = read_expectations(*node, scenario, context);
    if (const auto* node = reader.find("abort_when"))
        scenario.abort_when = read_abort_conditions(*node, scenario, context);
    if (const auto* node = reader.find("baseline")) scenario.baseline = read_baseline(*node, context);
    reader.reject_unknown_keys();
    return scenario;
}

}  // namespace streamgauge::scenarios
