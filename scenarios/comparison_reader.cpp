#include "scenarios/comparison_reader.h"

#include "scenarios/names.h"
#include "scenarios/scalar_reader.h"
#include "scenarios/suggestion.h"
#include "scenarios/vocabulary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::scenarios {
namespace {

constexpr std::string_view compare_example = "compare: { base: direct, with: [gateway] }";

/// Finds targets by their names, each at most once, and in the end those that nobody named.
class TargetPicker {
  public:
    TargetPicker(const std::vector<Target>& targets, DiagnosticCollector& diagnostics)
        : diagnostics_(diagnostics), taken_(targets.size()) {
        for (const Target& target : targets)
            names_.push_back(target.name);
    }

    std::optional<std::uint32_t> pick(const YamlNode& node, const std::string& path) {
        const auto name = read_text(node, path, diagnostics_);
        if (!name) return std::nullopt;
        const auto found = std::find(names_.begin(), names_.end(), *name);
        if (found == names_.end()) {
            diagnostics_.error(node.where,
                               fmt::format("`{}`: there is no target `{}`; there is {}", path,
                                           shown(node.raw), fmt::join(names_, ", ")),
                               suggest(*name, std::span<const std::string>(names_)));
            return std::nullopt;
        }
        const auto index = static_cast<std::size_t>(found - names_.begin());
        if (taken_[index]) {
            diagnostics_.error(node.where, fmt::format("`{}` names target `{}` a second time", path, *name));
            return std::nullopt;
        }
        taken_[index] = true;
        return static_cast<std::uint32_t>(index);
    }

    /// Empty, and reported, when `node` is no list of so many targets or one of them is wrong.
    std::vector<std::uint32_t> pick_list(const YamlNode& node, const std::string& path, std::size_t fewest,
                                         std::string_view example) {
        std::vector<std::uint32_t> picked;
        if (node.unusable) return picked;
        if (!node.is_sequence() || node.children.size() < fewest) {
            diagnostics_.error(
                node.is_null() ? node.key_where : node.where,
                fmt::format(
                    "`{}` needs a list of {} or more targets, such as `{}`; {} is not one", path, fewest,
                    example,
                    node.is_sequence() ? fmt::format("a list of {}", node.children.size()) : describe(node)));
            return picked;
        }
        for (const YamlNode& item : node.children) {
            if (const auto index = pick(item, path)) picked.push_back(*index);
        }
        if (picked.size() != node.children.size()) picked.clear();
        return picked;
    }

    /// Requests go to the targets that are compared and to no others.
    void refuse_left_out(const YamlNode& node, std::string_view section, std::string_view list) {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (taken_[i]) continue;
            diagnostics_.error(node.key_where,
                               fmt::format("`{}` leaves out target `{}`, which would get no requests; add it "
                                           "to `{}`, or remove the target",
                                           section, names_[i], list));
        }
    }

  private:
    DiagnosticCollector& diagnostics_;
    std::vector<std::string> names_;
    std::vector<bool> taken_;
};

/// Takes the position of what is written among `names`; nothing changes when it is none of them.
template <std::size_t size>
std::size_t read_choice(MappingReader& reader, std::string_view key,
                        const std::array<std::string_view, size>& names, DiagnosticCollector& diagnostics) {
    const YamlNode* node = reader.find(key);
    if (node == nullptr) return 0;
    const std::string path = reader.path_of(key);
    const auto text = read_text(*node, path, diagnostics);
    std::string name;
    if (!text || !read_name(*node, *text, path, names, name, diagnostics)) return 0;
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::optional<Comparison> read_compare(const YamlNode& node, const std::vector<Target>& targets,
                                       ReadContext& context) {
    MappingReader reader(node, "compare", context.diagnostics);
    if (!reader.is_mapping()) return std::nullopt;
    Comparison comparison;
    TargetPicker picker(targets, context.diagnostics);
    std::optional<std::uint32_t> base;
    if (const YamlNode* found = reader.require("base", compare_example))
        base = picker.pick(*found, reader.path_of("base"));
    if (const YamlNode* found = reader.require("with", compare_example))
        comparison.with = picker.pick_list(*found, reader.path_of("with"), 1, "[gateway]");
    read_choice(reader, "order", pair_order_names, context.diagnostics);
    comparison.prompts =
        static_cast<PairPrompts>(read_choice(reader, "prompts", pair_prompt_names, context.diagnostics));
    reader.reject_unknown_keys();
    if (!base || comparison.with.empty()) return std::nullopt;
    comparison.base = *base;
    comparison.where = node.key_where;
    picker.refuse_left_out(node, "compare", "with");
    return comparison;
}

/// As written, the chain goes from the client's side to the target nearest to the server.
std::optional<Comparison> read_hops(const YamlNode& node, const std::vector<Target>& targets,
                                    ReadContext& context) {
    TargetPicker picker(targets, context.diagnostics);
    auto chain = picker.pick_list(node, "hops", 2, "[edge, ingress, service, pod]");
    if (chain.empty()) return std::nullopt;
    picker.refuse_left_out(node, "hops", "hops");
    Comparison comparison;
    comparison.chain = true;
    comparison.where = node.key_where;
    comparison.base = chain.back();
    comparison.with.assign(chain.rbegin() + 1, chain.rend());
    return comparison;
}

}  // namespace

std::optional<Comparison> read_comparison(MappingReader& scenario, const std::vector<Target>& targets,
                                          ReadContext& context) {
    const YamlNode* compare = scenario.find("compare");
    const YamlNode* hops = scenario.find("hops");
    const YamlNode* split = scenario.find("split");
    const YamlNode* first = compare != nullptr ? compare : hops;
    const YamlNode* second = compare != nullptr && hops != nullptr ? hops : split;
    if (first == nullptr) return std::nullopt;
    if (second != nullptr) {
        context.diagnostics.error(
            second->key_where, fmt::format("`{}` and `{}` exclude one another: requests are either compared "
                                           "(`compare`, or `hops` along a chain) or dealt out (`split`); "
                                           "keep one of them",
                                           first->key, second->key));
        return std::nullopt;
    }
    if (targets.empty()) return std::nullopt;
    return compare != nullptr ? read_compare(*compare, targets, context) : read_hops(*hops, targets, context);
}

}  // namespace streamgauge::scenarios
