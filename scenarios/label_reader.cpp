#include "scenarios/label_reader.h"

#include "scenarios/header_reader.h"
#include "scenarios/mapping_reader.h"
#include "scenarios/names.h"
#include "scenarios/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace streamgauge::scenarios {
namespace {

constexpr std::string_view opening = "response.header(";

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::string source_of(std::string_view header) {
    return std::string(opening) + std::string(header) + ")";
}

/// What stands between the brackets of `response.header(NAME)`; empty when `text` has another form.
std::optional<std::string_view> argument_of(std::string_view text) {
    if (!text.starts_with(opening) || !text.ends_with(')')) return std::nullopt;
    const auto name = text.substr(opening.size(), text.size() - opening.size() - 1);
    return is_header_name(name) ? std::optional(name) : std::nullopt;
}

/// `headers(x-cache)`, `x-cache` and the like as they were probably meant; empty when no header shows.
std::string meant_by(std::string_view text) {
    const auto open = text.find('(');
    auto name = open == std::string_view::npos ? text : text.substr(open + 1);
    name = name.substr(0, name.find(')'));
    for (const std::string_view blank : {" ", "\"", "'"}) {
        while (name.starts_with(blank))
            name.remove_prefix(1);
        while (name.ends_with(blank))
            name.remove_suffix(1);
    }
    for (const std::string_view prefix : {"response.header.", "response.headers.", "header."}) {
        if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    }
    return is_header_name(name) ? source_of(name) : std::string();
}

/// True when a part of the name, between `-`, `_` and `.`, says that the value is a credential.
bool names_a_credential(const std::string& header) {
    constexpr std::array<std::string_view, 16> words{
        "cookie", "cookie2", "authorization", "authentication", "auth",   "token",     "secret", "password",
        "jwt",    "session", "sessionid",     "credential",     "apikey", "signature", "csrf",   "xsrf"};
    std::string_view rest = header;
    while (!rest.empty()) {
        const auto end = std::min(rest.find_first_of("-_."), rest.size());
        if (std::ranges::find(words, rest.substr(0, end)) != words.end()) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return std::ranges::any_of(credential_headers,
                               [&](std::string_view name) { return same_header_name(name, header); });
}

std::optional<Label> read_label(const YamlNode& node, const std::string& path,
                                DiagnosticCollector& diagnostics) {
    const bool named = check_name(node, node.key, "label", diagnostics);
    const auto text = read_text(node, path, diagnostics);
    if (!text) return std::nullopt;
    const auto header = argument_of(*text);
    if (!header) {
        diagnostics.error(
            node.where,
            fmt::format("`{}` needs `response.header(NAME)`; {} is not one", path, describe(node)),
            node.interpolated ? std::string() : meant_by(*text));
        return std::nullopt;
    }
    std::string name = lower(*header);
    if (names_a_credential(name)) {
        diagnostics.error(node.where,
                          fmt::format("`{}` cannot be `{}`: that header's values are credentials, "
                                      "and a label's values are shown in every output",
                                      path, shown(node.raw)));
        return std::nullopt;
    }
    return named ? std::optional(Label{node.key, std::move(name)}) : std::nullopt;
}

}  // namespace

std::vector<Label> read_labels(const YamlNode& node, ReadContext& context) {
    std::vector<Label> labels;
    const MappingReader reader(node, "labels", context.diagnostics);
    if (!reader.is_mapping()) return labels;
    if (node.children.empty()) {
        context.diagnostics.error(
            node.where,
            "`labels` is empty; write one, such as `cache: response.header(x-cache)`, or remove it");
    }
    if (node.children.size() > most_labels) {
        context.diagnostics.error(node.key_where, fmt::format("`labels` has {} names; {} is the most",
                                                              node.children.size(), most_labels));
    }
    for (const YamlNode& child : node.children) {
        if (auto label = read_label(child, reader.path_of(child.key), context.diagnostics))
            labels.push_back(std::move(*label));
    }
    return labels;
}

}  // namespace streamgauge::scenarios
