#include "scenarios/overrides.h"

#include "scenarios/scalar_reader.h"
#include "scenarios/suggestion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace streamgauge::scenarios {
namespace {

constexpr std::string_view way_of_secrets = "take it from the environment in the scenario: `${env:NAME}`";

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> steps;
    while (true) {
        const std::size_t dot = path.find('.');
        steps.emplace_back(path.substr(0, dot));
        if (dot == std::string_view::npos) return steps;
        path.remove_prefix(dot + 1);
    }
}

bool mentions_headers(const YamlNode& node) {
    return node.key == "headers" || std::any_of(node.children.begin(), node.children.end(), mentions_headers);
}

/// Walks one path through the tree.
class Override {
  public:
    Override(YamlNode& root, std::string path, DiagnosticCollector& diagnostics)
        : root_(root), path_(std::move(path)), diagnostics_(diagnostics) {
        where_.file = "--set " + shown(path_);
    }

    void apply(std::string_view text) {
        const std::vector<std::string> steps = split_path(path_);
        if (std::any_of(steps.begin(), steps.end(), [](const std::string& step) { return step.empty(); })) {
            fail("a path is keys with dots between them, such as `load.peak.rate=50/s`");
            return;
        }
        auto value = read_value(text);
        if (!value || refuses_headers(steps, *value)) return;
        YamlNode* place = find_place(steps);
        if (place == nullptr) return;
        value->key = place->key;
        *place = std::move(*value);
    }

  private:
    void fail(std::string message, std::string suggestion = {}) {
        diagnostics_.error(where_, std::move(message), std::move(suggestion));
    }

    std::optional<YamlNode> read_value(std::string_view text) {
        DiagnosticCollector problems;
        auto value = parse_yaml(text, where_.file, problems);
        for (const Diagnostic& problem : problems.take_sorted())
            fail("the value: " + problem.message);
        if (value && value->is_null()) {
            fail("has no value; write it after `=`");
            return std::nullopt;
        }
        if (value) place_outside(*value);
        return value;
    }

    /// Positions inside an argument say nothing to its author.
    void place_outside(YamlNode& node) {
        node.where = where_;
        node.key_where = where_;
        for (YamlNode& child : node.children)
            place_outside(child);
    }

    bool refuses_headers(const std::vector<std::string>& steps, const YamlNode& value) {
        if (steps[0] != "targets") return false;
        const bool named = std::find(steps.begin(), steps.end(), "headers") != steps.end();
        if (!named && !mentions_headers(value)) return false;
        fail(fmt::format("headers cannot be set by an argument, which everyone on this machine can read; {}",
                         way_of_secrets));
        return true;
    }

    YamlNode* find_place(const std::vector<std::string>& steps) {
        YamlNode* node = &root_;
        std::string walked;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            expand_short_target(*node, steps, i);
            if (node->is_sequence()) {
                node = find_phase(*node, steps[i], walked);
            } else if (node->is_mapping()) {
                node = find_key(*node, steps[i], walked);
            } else {
                fail(fmt::format(
                    "`{}` is a single value, so `{}` cannot be set inside it; set `{}` as a whole", walked,
                    steps[i], walked));
                node = nullptr;
            }
            if (node == nullptr) return nullptr;
            walked += (walked.empty() ? "" : ".") + steps[i];
        }
        return node;
    }

    /// `direct: http://...` is short for `direct: { url: http://... }`, and a path may point into it.
    static void expand_short_target(YamlNode& node, const std::vector<std::string>& steps, std::size_t step) {
        if (step != 2 || steps[0] != "targets" || !node.is_scalar()) return;
        YamlNode target;
        target.kind = YamlNode::Kind::mapping;
        target.where = node.where;
        target.key = node.key;
        target.key_where = node.key_where;
        node.key = "url";
        target.children.push_back(std::move(node));
        node = std::move(target);
    }

    YamlNode* find_phase(YamlNode& list, const std::string& name, const std::string& walked) {
        std::vector<std::string> names;
        for (YamlNode& phase : list.children) {
            const YamlNode* phase_name = phase.find("phase");
            if (phase_name == nullptr || walked != "load") continue;
            if (phase_name->raw == name) return &phase;
            names.push_back(phase_name->raw);
        }
        if (walked != "load") {
            fail(fmt::format("`{}` is a list; set it as a whole, such as `{}=[...]`", walked, walked));
        } else {
            fail(fmt::format("`load` has no phase `{}`; it has {}", name, fmt::join(names, ", ")),
                 suggest(name, std::span<const std::string>(names)));
        }
        return nullptr;
    }

    YamlNode* find_key(YamlNode& mapping, const std::string& key, const std::string& walked) {
        if (YamlNode* found = mapping.find(key)) return found;
        if (walked == "targets") {
            std::vector<std::string> names;
            for (const YamlNode& target : mapping.children)
                names.push_back(target.key);
            fail(fmt::format("there is no target `{}`; there is {}", key, fmt::join(names, ", ")),
                 suggest(key, std::span<const std::string>(names)));
            return nullptr;
        }
        YamlNode added;
        added.kind = YamlNode::Kind::mapping;  // a step on the way; the last one is replaced by the value
        added.key = key;
        added.where = where_;
        added.key_where = where_;
        mapping.children.push_back(std::move(added));
        return &mapping.children.back();
    }

    YamlNode& root_;
    std::string path_;
    DiagnosticCollector& diagnostics_;
    SourcePosition where_;
};

}  // namespace

void apply_overrides(YamlNode& root, const std::vector<std::pair<std::string, std::string>>& overrides,
                     DiagnosticCollector& diagnostics) {
    for (const auto& [path, value] : overrides)
        Override(root, path, diagnostics).apply(value);
}

}  // namespace streamgauge::scenarios
