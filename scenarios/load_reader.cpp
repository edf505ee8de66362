#include "scenarios/load_reader.h"

#include "scenarios/mapping_reader.h"
#include "scenarios/names.h"
#include "scenarios/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace streamgauge::scenarios {
namespace {

constexpr std::uint64_t most_users = 1'000'000;

/// Reads one end of a ramp: a number of users, or a rate.
using LevelReader = std::function<std::optional<double>(const YamlNode&, const std::string& path)>;

/// Reads `20`, or `{ from: 0, to: 1000, over: 10s }`.
Ramp read_ramp(const YamlNode& node, const std::string& path, std::string_view example,
               const LevelReader& read_level, DiagnosticCollector& diagnostics) {
    Ramp ramp;
    if (!node.is_mapping()) {
        const auto level = read_level(node, path);
        ramp.from = ramp.to = level.value_or(0);
        if (level && *level == 0) {
            diagnostics.error(node.where, fmt::format("`{}` is 0, so nothing would be sent", path));
        }
        return ramp;
    }
    MappingReader reader(node, path, diagnostics);
    if (const YamlNode* from = reader.find("from"))
        ramp.from = read_level(*from, reader.path_of("from")).value_or(0);
    std::optional<double> to;
    if (const YamlNode* node_to = reader.require("to", fmt::format("to: {}", example))) {
        to = read_level(*node_to, reader.path_of("to"));
        ramp.to = to.value_or(0);
    }
    if (reader.require("over", "over: 10s") != nullptr) reader.duration("over", ramp.over, Zero::refused);
    reader.reject_unknown_keys();
    if (to && ramp.from == 0 && ramp.to == 0) {
        diagnostics.error(node.where, fmt::format("`{}` goes from 0 to 0, so nothing would be sent", path));
    }
    return ramp;
}

void read_arrivals(MappingReader& reader, Arrivals& into, DiagnosticCollector& diagnostics) {
    const YamlNode* node = reader.find("arrivals");
    if (node == nullptr) return;
    const std::string path = reader.path_of("arrivals");
    const auto text = read_text(*node, path, diagnostics);
    std::string name;
    if (!text || !read_name(*node, *text, path, arrival_names, name, diagnostics)) return;
    into = name == "poisson" ? Arrivals::poisson : Arrivals::constant;
}

ClosedLoop read_closed_loop(MappingReader& reader, const YamlNode& users, DiagnosticCollector& diagnostics) {
    ClosedLoop loop;
    const LevelReader read_users = [&](const YamlNode& node,
                                       const std::string& path) -> std::optional<double> {
        const auto number = read_whole_number(node, path, {.least = 0, .most = most_users}, diagnostics);
        return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
    };
    loop.users = read_ramp(users, reader.path_of("users"), "1000", read_users, diagnostics);
    reader.duration("think", loop.think, Zero::allowed);
    return loop;
}

OpenLoop read_open_loop(MappingReader& reader, const YamlNode& rate, DiagnosticCollector& diagnostics) {
    OpenLoop loop;
    const LevelReader read = [&](const YamlNode& node, const std::string& path) {
        return read_rate(node, path, diagnostics);
    };
    loop.rate = read_ramp(rate, reader.path_of("rate"), "50/s", read, diagnostics);
    read_arrivals(reader, loop.arrivals, diagnostics);
    reader.count("max_in_flight", loop.max_in_flight);
    return loop;
}

/// Keys of the other kind of load, which would have no effect.
void refuse_keys(MappingReader& reader, std::span<const std::string_view> keys, std::string_view belongs_to,
                 DiagnosticCollector& diagnostics) {
    for (const std::string_view key : keys) {
        const YamlNode* node = reader.find(key);
        if (node == nullptr) continue;
        diagnostics.error(node->key_where, fmt::format("`{}` has no effect here; it goes with `{}`",
                                                       reader.path_of(key), belongs_to));
    }
}

void read_shape(MappingReader& reader, LoadPhase& phase, DiagnosticCollector& diagnostics) {
    constexpr std::array<std::string_view, 1> closed_loop_keys{"think"};
    constexpr std::array<std::string_view, 2> open_loop_keys{"arrivals", "max_in_flight"};
    const YamlNode* users = reader.find("users");
    const YamlNode* rate = reader.find("rate");
    if ((users != nullptr) == (rate != nullptr)) {
        if (!reader.is_mapping()) return;
        diagnostics.error(users != nullptr ? rate->key_where : reader.node().where,
                          fmt::format("`{}` needs either `users` (so many at a time) or `rate` (so many "
                                      "requests per second){}",
                                      reader.path(), users != nullptr ? ", not both" : ""));
        for (const std::string_view key : {"think", "arrivals", "max_in_flight"})
            reader.find(key);
        return;
    }
    if (users != nullptr) {
        phase.shape = read_closed_loop(reader, *users, diagnostics);
        refuse_keys(reader, open_loop_keys, "rate", diagnostics);
    } else {
        phase.shape = read_open_loop(reader, *rate, diagnostics);
        refuse_keys(reader, closed_loop_keys, "users", diagnostics);
    }
}

/// A ramp that the file itself cuts off is a slip. One that a `--set` cuts off, as for a quick trial, is
/// meant.
void check_ramp_fits(const MappingReader& reader, const LoadPhase& phase, DiagnosticCollector& diagnostics) {
    const bool closed = std::holds_alternative<ClosedLoop>(phase.shape);
    const Ramp& ramp =
        closed ? std::get<ClosedLoop>(phase.shape).users : std::get<OpenLoop>(phase.shape).rate;
    const YamlNode* duration = reader.node().find("for");
    const bool cut_by_argument = duration != nullptr && duration->where.line == 0;
    if (ramp.over <= phase.duration || cut_by_argument) return;
    const std::string_view key = closed ? "users" : "rate";
    diagnostics.error(reader.node().find(key)->where,
                      fmt::format("`{}.over` is longer than the phase itself (`for`); lengthen the phase or "
                                  "shorten the ramp",
                                  reader.path_of(key)));
}

LoadPhase read_phase(const YamlNode& node, std::size_t number, ReadContext& context) {
    LoadPhase phase;
    const YamlNode* name = node.find("phase");
    const bool named = name != nullptr && name->is_scalar() && !name->unusable && !name->text.empty();
    MappingReader reader(node, named ? "load." + shown(name->raw) : fmt::format("load[{}]", number),
                         context.diagnostics);
    if (const YamlNode* found = reader.require("phase", "phase: steady")) {
        const auto text = read_text(*found, reader.path_of("phase"), context.diagnostics);
        if (text && check_name(*found, *text, "phase", context.diagnostics)) phase.name = *text;
    }
    read_shape(reader, phase, context.diagnostics);
    reader.duration("for", phase.duration, Zero::refused);
    reader.flag("warmup", phase.warmup);
    reader.reject_unknown_keys();
    if (reader.is_mapping()) check_ramp_fits(reader, phase, context.diagnostics);
    return phase;
}

}  // namespace

std::vector<LoadPhase> read_load(const YamlNode& node, ReadContext& context) {
    std::vector<LoadPhase> phases;
    if (node.unusable) return phases;
    if (!node.is_sequence() || node.children.empty()) {
        context.diagnostics.error(node.is_sequence() ? node.where : node.key_where,
                                  fmt::format("`load` needs a list of phases, such as `- {{ phase: steady, "
                                              "users: 20, for: 30s }}`; {} is not one",
                                              node.is_sequence() ? "an empty list" : describe(node)));
        return phases;
    }
    for (const YamlNode& child : node.children) {
        LoadPhase phase = read_phase(child, phases.size() + 1, context);
        const bool twice =
            !phase.name.empty() && std::any_of(phases.begin(), phases.end(),
                                               [&](const LoadPhase& p) { return p.name == phase.name; });
        if (twice) {
            context.diagnostics.error(
                child.find("phase")->where,
                fmt::format("a phase named `{}` came before; each needs its own name", phase.name));
        }
        phases.push_back(std::move(phase));
    }
    if (std::all_of(phases.begin(), phases.end(), [](const LoadPhase& phase) { return phase.warmup; })) {
        context.diagnostics.error(node.key_where,
                                  "every phase of `load` is a warm-up, so nothing would be measured; add one "
                                  "without `warmup: true`");
    }
    return phases;
}

}  // namespace streamgauge::scenarios
