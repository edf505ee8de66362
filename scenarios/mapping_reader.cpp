#include "scenarios/mapping_reader.h"

#include "scenarios/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace streamgauge::scenarios {

MappingReader::MappingReader(const YamlNode& node, std::string path, DiagnosticCollector& diagnostics)
    : node_(node), path_(std::move(path)), diagnostics_(diagnostics) {
    if (node.is_mapping() || node.unusable) return;
    const std::string subject = path_.empty() ? "a scenario" : "`" + path_ + "`";
    diagnostics_.error(node.is_null() ? node.key_where : node.where,
                       fmt::format("{} needs a mapping of keys to values (`key: value`); {} is not one",
                                   subject, describe(node)));
}

const YamlNode* MappingReader::find(std::string_view key) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
    return node_.find(key);
}

const YamlNode* MappingReader::require(std::string_view key, std::string_view example) {
    const YamlNode* found = find(key);
    if (found == nullptr && node_.is_mapping()) {
        const std::string subject = path_.empty() ? "the scenario" : "`" + path_ + "`";
        diagnostics_.error(node_.where,
                           fmt::format("{} has no `{}`; write one, such as `{}`", subject, key, example));
    }
    return found;
}

std::string MappingReader::path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

void MappingReader::text(std::string_view key, std::string& into) {
    const YamlNode* value = find(key);
    if (value == nullptr) return;
    if (auto read = read_text(*value, path_of(key), diagnostics_)) into = std::move(*read);
}

void MappingReader::flag(std::string_view key, bool& into) {
    const YamlNode* value = find(key);
    if (value == nullptr) return;
    if (const auto read = read_flag(*value, path_of(key), diagnostics_)) into = *read;
}

void MappingReader::duration(std::string_view key, std::chrono::nanoseconds& into, Zero zero) {
    const YamlNode* value = find(key);
    if (value == nullptr) return;
    if (const auto read = read_duration(*value, path_of(key), zero, diagnostics_)) into = *read;
}

void MappingReader::count(std::string_view key, std::optional<std::uint64_t>& into) {
    const YamlNode* value = find(key);
    if (value == nullptr) return;
    if (const auto read = read_count(*value, path_of(key), diagnostics_)) into = *read;
}

void MappingReader::percentage(std::string_view key, double& into) {
    const YamlNode* value = find(key);
    if (value == nullptr) return;
    if (const auto read = read_percentage(*value, path_of(key), diagnostics_)) into = *read;
}

void MappingReader::reject_unknown_keys() {
    if (!node_.is_mapping()) return;
    const std::string subject = path_.empty() ? "a scenario" : "`" + path_ + "`";
    for (const YamlNode& child : node_.children) {
        if (std::find(known_.begin(), known_.end(), child.key) != known_.end()) continue;
        const std::string suggestion = suggest(child.key, std::span<const std::string_view>(known_));
        std::string message = fmt::format("unknown key `{}` in {}", shown(child.key), subject);
        if (suggestion.empty()) message += fmt::format("; its keys are {}", fmt::join(known_, ", "));
        diagnostics_.error(child.key_where, std::move(message), suggestion);
    }
}

}  // namespace streamgauge::scenarios
