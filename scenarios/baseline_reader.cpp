#include "scenarios/baseline_reader.h"

#include "scenarios/mapping_reader.h"
#include "scenarios/metric_catalogue.h"
#include "scenarios/scalar_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::scenarios {
namespace {

/// The texts of a list, each at most once.
std::vector<std::string> read_list(const YamlNode& node, const std::string& path, std::string_view wanted,
                                   DiagnosticCollector& diagnostics) {
    std::vector<std::string> texts;
    if (node.unusable) return texts;
    if (!node.is_sequence() || node.children.empty()) {
        diagnostics.error(node.is_null() ? node.key_where : node.where,
                          fmt::format("`{}` needs {}; {} is not one", path, wanted,
                                      node.is_sequence() ? "an empty list" : describe(node)));
        return texts;
    }
    for (const YamlNode& item : node.children) {
        const auto text = read_text(item, path, diagnostics);
        if (!text) continue;
        if (std::ranges::find(texts, *text) != texts.end()) {
            diagnostics.error(item.where, fmt::format("`{}` names {} twice", path, describe(item)));
        } else {
            texts.push_back(*text);
        }
    }
    return texts;
}

std::vector<BaselineRun> read_runs(const YamlNode& node, const std::string& path, ReadContext& context) {
    std::vector<std::string> texts;
    if (!node.is_scalar()) {
        texts = read_list(node, path, "a run folder or a list of them, such as `[runs/1, runs/2]`",
                          context.diagnostics);
    } else if (const auto text = read_text(node, path, context.diagnostics)) {
        texts.push_back(*text);
    }
    std::vector<BaselineRun> runs;
    runs.reserve(texts.size());
    for (const auto& text : texts)
        runs.push_back({text, (context.directory / text).lexically_normal()});
    return runs;
}

void read_gate(const YamlNode& node, const std::string& path, std::vector<std::string>& into,
               DiagnosticCollector& diagnostics) {
    auto gate = read_list(node, path, "a list of figures, such as `[ttft.p95, errors]`", diagnostics);
    if (gate.empty()) return;
    into = std::move(gate);
    for (const YamlNode& item : node.children) {
        if (!item.is_scalar() || item.text.empty() || is_compared_figure(item.text)) continue;
        diagnostics.error(item.where,
                          fmt::format("`{}`: runs are not compared by {}; use errors, or a metric such as "
                                      "ttft, tpot, e2e or max_gap with .p50, .p90, .p95 or .p99",
                                      path, describe(item)));
    }
}

void read_floor(const YamlNode& node, const std::string& path, BaselineFloor& floor,
                DiagnosticCollector& diagnostics) {
    MappingReader reader(node, path, diagnostics);
    reader.percentage("relative", floor.relative);
    reader.duration("time", floor.time, Zero::allowed);
    reader.percentage("errors", floor.errors);
    reader.reject_unknown_keys();
}

}  // namespace

Baseline read_baseline(const YamlNode& node, ReadContext& context) {
    Baseline baseline;
    baseline.where = node.key_where;
    if (!node.is_mapping()) {
        baseline.runs = read_runs(node, "baseline", context);
        return baseline;
    }
    MappingReader reader(node, "baseline", context.diagnostics);
    if (const YamlNode* runs = reader.find("runs"))
        baseline.runs = read_runs(*runs, reader.path_of("runs"), context);
    if (const YamlNode* gate = reader.find("gate"))
        read_gate(*gate, reader.path_of("gate"), baseline.gate, context.diagnostics);
    if (const YamlNode* floor = reader.find("floor"))
        read_floor(*floor, reader.path_of("floor"), baseline.floor, context.diagnostics);
    reader.reject_unknown_keys();
    return baseline;
}

}  // namespace streamgauge::scenarios
