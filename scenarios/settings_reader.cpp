#include "scenarios/settings_reader.h"

#include "scenarios/mapping_reader.h"

namespace streamgauge::scenarios {

Limits read_limits(const YamlNode& node, ReadContext& context) {
    Limits limits;
    MappingReader reader(node, "limits", context.diagnostics);
    reader.count("requests", limits.requests);
    reader.count("output_tokens", limits.output_tokens);
    reader.reject_unknown_keys();
    return limits;
}

Connections read_connections(const YamlNode& node, ReadContext& context) {
    Connections connections;
    MappingReader reader(node, "connections", context.diagnostics);
    reader.flag("reuse", connections.reuse);
    reader.count("max", connections.max);
    reader.reject_unknown_keys();
    return connections;
}

Timeouts read_timeouts(const YamlNode& node, ReadContext& context) {
    Timeouts timeouts;
    MappingReader reader(node, "timeouts", context.diagnostics);
    reader.duration("connect", timeouts.connect, Zero::refused);
    reader.duration("first_token", timeouts.first_token, Zero::refused);
    reader.duration("idle", timeouts.idle, Zero::refused);
    reader.duration("stall", timeouts.stall, Zero::refused);
    reader.duration("total", timeouts.total, Zero::refused);
    reader.reject_unknown_keys();
    return timeouts;
}

Budgets read_budgets(const YamlNode& node, ReadContext& context) {
    Budgets budgets;
    MappingReader reader(node, "budgets", context.diagnostics);
    reader.duration("ttft", budgets.ttft, Zero::refused);
    reader.duration("gap", budgets.gap, Zero::refused);
    reader.duration("stall", budgets.stall, Zero::refused);
    reader.reject_unknown_keys();
    return budgets;
}

}  // namespace streamgauge::scenarios
