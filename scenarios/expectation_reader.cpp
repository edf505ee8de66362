#include "scenarios/expectation_reader.h"

#include "scenarios/expectation_parser.h"
#include "scenarios/mapping_reader.h"
#include "scenarios/quantity.h"
#include "scenarios/suggestion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace streamgauge::scenarios {
namespace {

template <typename Things>
std::vector<std::string> names_of(const Things& things) {
    std::vector<std::string> names;
    names.reserve(things.size());
    for (const auto& thing : things)
        names.push_back(thing.name);
    return names;
}

/// Both targets of a difference must exist.
bool check_delta(const YamlNode& node, const ParsedExpectation& parsed, const Scenario& scenario,
                 DiagnosticCollector& diagnostics) {
    const auto names = names_of(scenario.targets);
    for (const std::string& name : {parsed.delta->target, parsed.delta->base}) {
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        diagnostics.error(
            place_in(node, parsed.delta_offset),
            fmt::format("expectation `{}`: there is no target `{}`; there is {}", shown(node.raw),
                        shown(name), fmt::join(names, ", ")),
            node.interpolated ? std::string() : suggest(name, std::span<const std::string>(names)));
        return false;
    }
    return true;
}

std::optional<Expectation> read_check(const YamlNode& node, const std::string& path, const Scenario& scenario,
                                      ReadContext& context) {
    const auto text = read_text(node, path, context.diagnostics);
    if (!text) return std::nullopt;
    auto parsed = parse_expectation(*text);
    if (!parsed) {
        const ExpectationError& error = parsed.error();
        context.diagnostics.error(place_in(node, error.offset),
                                  fmt::format("expectation `{}`: {}", shown(node.raw), error.message),
                                  error.suggestion);
        return std::nullopt;
    }
    if (parsed->delta && !check_delta(node, *parsed, scenario, context.diagnostics)) return std::nullopt;
    Expectation expectation;
    expectation.text = *text;
    expectation.condition = std::move(parsed->condition);
    expectation.goodput_limits = std::move(parsed->goodput_limits);
    expectation.delta = std::move(parsed->delta);
    expectation.window = parsed->window;
    expectation.where = node.where;
    return expectation;
}

/// Reads the name of a target or a phase that must exist.
std::optional<std::string> read_narrowing(MappingReader& reader, std::string_view key,
                                          const std::vector<std::string>& names, ReadContext& context) {
    const YamlNode* node = reader.find(key);
    if (node == nullptr) return std::nullopt;
    auto name = read_text(*node, reader.path_of(key), context.diagnostics);
    if (!name || std::find(names.begin(), names.end(), *name) != names.end()) return name;
    context.diagnostics.error(
        node->where,
        fmt::format("there is no {} `{}`; there is {}", key, shown(node->raw), fmt::join(names, ", ")),
        suggest(*name, std::span<const std::string>(names)));
    return std::nullopt;
}

void check_windows(const Expectation& expectation, const Scenario& scenario,
                   DiagnosticCollector& diagnostics) {
    for (const LoadPhase& phase : scenario.load) {
        if (phase.warmup || expectation.phase.value_or(phase.name) != phase.name) continue;
        const auto windows = phase.duration / *expectation.window;
        if (windows <= most_windows) continue;
        diagnostics.error(
            expectation.where,
            fmt::format("expectation `{}`: phase `{}` ({}) would have {} windows, and {} are the most; "
                        "write a longer one than {}",
                        shown(expectation.text), phase.name, format_duration(phase.duration), windows,
                        most_windows, format_duration(*expectation.window)));
        return;  // one error per expectation says it all
    }
}

std::optional<Expectation> read_expectation(const YamlNode& node, const Scenario& scenario,
                                            ReadContext& context) {
    if (!node.is_mapping()) {
        auto expectation = read_check(node, "expect", scenario, context);
        if (expectation && expectation->window) check_windows(*expectation, scenario, context.diagnostics);
        return expectation;
    }
    MappingReader reader(node, "expect", context.diagnostics);
    std::optional<Expectation> expectation;
    if (const YamlNode* check = reader.require("check", "check: \"ttft.p95 < 800ms\"")) {
        expectation = read_check(*check, reader.path_of("check"), scenario, context);
    }
    auto target = read_narrowing(reader, "target", names_of(scenario.targets), context);
    auto phase = read_narrowing(reader, "phase", names_of(scenario.load), context);
    reader.reject_unknown_keys();
    const bool unmeasured =
        phase && std::any_of(scenario.load.begin(), scenario.load.end(),
                             [&](const LoadPhase& p) { return p.name == *phase && p.warmup; });
    if (unmeasured) {
        context.diagnostics.error(
            node.find("phase")->where,
            fmt::format("phase `{}` is a warm-up, which no expectation is checked on", *phase));
    }
    if (expectation && expectation->delta && target) {
        context.diagnostics.error(node.find("target")->key_where,
                                  "`delta` names its two targets itself; remove `target` here");
    }
    if (expectation) {
        expectation->target = std::move(target);
        expectation->phase = std::move(phase);
        if (expectation->window) check_windows(*expectation, scenario, context.diagnostics);
    }
    return expectation;
}

std::vector<std::tuple<std::string, Comparator, double>> comparable(const Expectation& goodput) {
    std::vector<std::tuple<std::string, Comparator, double>> limits;
    for (const Condition& limit : goodput.goodput_limits) {
        limits.emplace_back(limit.metric + limit.statistic, limit.comparator, limit.value);
    }
    std::sort(limits.begin(), limits.end());
    return limits;
}

/// Goodput is counted while the run goes on, against one set of limits.
void refuse_second_goodput(const std::vector<Expectation>& expectations, DiagnosticCollector& diagnostics) {
    const Expectation* first = nullptr;
    for (const Expectation& expectation : expectations) {
        if (expectation.goodput_limits.empty()) continue;
        if (first == nullptr) first = &expectation;
        if (comparable(*first) == comparable(expectation)) continue;
        diagnostics.error(
            expectation.where,
            fmt::format("goodput has other limits here than in `{}`; a scenario counts it against "
                        "one set, so use the same limits or a second scenario",
                        shown(first->text)));
    }
}

}  // namespace

std::vector<Expectation> read_expectations(const YamlNode& node, const Scenario& scenario,
                                           ReadContext& context) {
    std::vector<Expectation> expectations;
    if (node.unusable) return expectations;
    if (!node.is_sequence()) {
        context.diagnostics.error(
            node.is_null() ? node.key_where : node.where,
            fmt::format("`expect` needs a list, such as `- ttft.p95 < 800ms`; {} is not one",
                        describe(node)));
        return expectations;
    }
    for (const YamlNode& child : node.children) {
        if (auto expectation = read_expectation(child, scenario, context)) {
            expectations.push_back(std::move(*expectation));
        }
    }
    refuse_second_goodput(expectations, context.diagnostics);
    return expectations;
}

}  // namespace streamgauge::scenarios
