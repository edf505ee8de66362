#include "scenarios/prompts_reader.h"

#include "scenarios/mapping_reader.h"
#include "scenarios/names.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

namespace streamgauge::scenarios {
namespace {

using Prompts = decltype(Workload::prompts);
using Kind = LengthDistribution::Kind;

constexpr WholeNumberRange words_range{.least = 1, .most = 1'000'000};

struct DistributionForm {
    std::string_view name;
    Kind kind;
    std::string_view first, second;  ///< its two parameters
    bool ordered;                    ///< the second may not lie below the first
};
constexpr std::array<DistributionForm, 3> distribution_forms{
    {{"uniform", Kind::uniform, "min", "max", true},
     {"normal", Kind::normal, "mean", "stddev", false},
     {"lognormal", Kind::lognormal, "median", "p95", true}}};

/// The only key of a mapping that must have exactly one; null after an error.
const YamlNode* only_child(const YamlNode& node, std::string_view path, std::string_view choices,
                           DiagnosticCollector& diagnostics) {
    if (node.children.size() == 1) return &node.children.front();
    diagnostics.error(node.where, fmt::format("`{}` needs exactly one of {}", path, choices));
    return nullptr;
}

std::optional<double> read_parameter(MappingReader& reader, std::string_view key, WholeNumberRange range,
                                     DiagnosticCollector& diagnostics) {
    const YamlNode* node = reader.require(key, fmt::format("{}: 200", key));
    if (node == nullptr) return std::nullopt;
    const auto number = read_whole_number(*node, reader.path_of(key), range, diagnostics);
    return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
}

void read_form(const YamlNode& node, const std::string& path, const DistributionForm& form,
               LengthDistribution& into, DiagnosticCollector& diagnostics) {
    MappingReader reader(node, path, diagnostics);
    const WholeNumberRange second_range{.least = form.ordered ? 1U : 0U, .most = words_range.most};
    const auto a = read_parameter(reader, form.first, words_range, diagnostics);
    const auto b = read_parameter(reader, form.second, second_range, diagnostics);
    reader.reject_unknown_keys();
    if (!a || !b) return;
    if (form.ordered && *b < *a) {
        diagnostics.error(node.where,
                          fmt::format("`{}`: {} is below {}; swap them", path, form.second, form.first));
    }
    into = {form.kind, *a, *b};
}

void read_words(const YamlNode& node, const std::string& path, LengthDistribution& into,
                DiagnosticCollector& diagnostics) {
    if (!node.is_mapping()) {
        if (const auto words = read_whole_number(node, path, words_range, diagnostics)) {
            into = {Kind::constant, static_cast<double>(*words), 0};
        }
        return;
    }
    const YamlNode* child = only_child(node, path, "uniform, normal and lognormal", diagnostics);
    if (child == nullptr) return;
    MappingReader reader(node, path, diagnostics);
    for (const DistributionForm& form : distribution_forms) {
        if (const YamlNode* found = reader.find(form.name)) {
            read_form(*found, reader.path_of(form.name), form, into, diagnostics);
        }
    }
    reader.reject_unknown_keys();
}

SyntheticPrompts read_synthetic(const YamlNode& node, const std::string& path,
                                DiagnosticCollector& diagnostics) {
    SyntheticPrompts synthetic;
    MappingReader reader(node, path, diagnostics);
    if (const YamlNode* words = reader.find("words")) {
        read_words(*words, reader.path_of("words"), synthetic.words, diagnostics);
    }
    reader.percentage("shared_prefix", synthetic.shared_prefix);
    reader.reject_unknown_keys();
    return synthetic;
}

FilePrompts read_file(const YamlNode& node, const std::string& path, ReadContext& context) {
    const auto file = read_text(node, path, context.diagnostics);
    if (!file) return {};
    FilePrompts prompts{context.directory / *file};
    check_readable_file(prompts.file, node, path, context.diagnostics);
    return prompts;
}

}  // namespace

Prompts read_prompts(const YamlNode& node, const std::string& path, ReadContext& context) {
    Prompts prompts = Workload{}.prompts;
    if (node.is_scalar()) {
        if (auto text = read_text(node, path, context.diagnostics)) prompts = TextPrompt{std::move(*text)};
        return prompts;
    }
    MappingReader reader(node, path, context.diagnostics);
    if (!reader.is_mapping()) return prompts;
    if (only_child(node, path, "text, file and synthetic", context.diagnostics) == nullptr) return prompts;
    if (reader.find("text") != nullptr) {
        TextPrompt prompt;
        reader.text("text", prompt.text);
        prompts = prompt;
    }
    if (const YamlNode* file = reader.find("file")) {
        prompts = read_file(*file, reader.path_of("file"), context);
    }
    if (const YamlNode* synthetic = reader.find("synthetic")) {
        prompts = read_synthetic(*synthetic, reader.path_of("synthetic"), context.diagnostics);
    }
    reader.reject_unknown_keys();
    return prompts;
}

}  // namespace streamgauge::scenarios
