#include "scenarios/abort_reader.h"

#include "scenarios/abort_parser.h"
#include "scenarios/mapping_reader.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace streamgauge::scenarios {
namespace {

void warn_if_never(const AbortCondition& condition, const YamlNode& node, const Scenario& scenario,
                   DiagnosticCollector& diagnostics) {
    nanoseconds total{0};
    for (const LoadPhase& phase : scenario.load)
        total += phase.duration;
    if (condition.held_for <= total) return;
    diagnostics.warning(condition.where, fmt::format("`{}` can never strike: the phases last {} in total",
                                                     shown(node.raw), format_duration(total)));
}

std::optional<AbortCondition> read_condition(const YamlNode& node, const Scenario& scenario,
                                             ReadContext& context) {
    const auto text = read_text(node, "abort_when", context.diagnostics);
    if (!text) return std::nullopt;
    auto parsed = parse_abort_condition(*text);
    if (!parsed) {
        const ExpectationError& error = parsed.error();
        context.diagnostics.error(place_in(node, error.offset),
                                  fmt::format("condition `{}`: {}", shown(node.raw), error.message),
                                  error.suggestion);
        return std::nullopt;
    }
    parsed->where = node.where;
    warn_if_never(*parsed, node, scenario, context.diagnostics);
    return std::move(*parsed);
}

}  // namespace

std::vector<AbortCondition> read_abort_conditions(const YamlNode& node, const Scenario& scenario,
                                                  ReadContext& context) {
    std::vector<AbortCondition> conditions;
    if (node.unusable) return conditions;
    if (!node.is_sequence()) {
        context.diagnostics.error(
            node.is_null() ? node.key_where : node.where,
            fmt::format("`abort_when` needs a list, such as `- errors > 20% for 5s`; {} is not one",
                        describe(node)));
        return conditions;
    }
    for (const YamlNode& child : node.children) {
        if (auto condition = read_condition(child, scenario, context))
            conditions.push_back(std::move(*condition));
    }
    return conditions;
}

}  // namespace streamgauge::scenarios
