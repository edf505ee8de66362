#include "scenarios/header_reader.h"

#include "scenarios/mapping_reader.h"
#include "scenarios/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace streamgauge::scenarios {
namespace {

constexpr std::size_t longest_header = 64 * 1024;

struct ReservedHeader {
    std::string_view name;
    std::string_view way_out;
};
/// Headers that streamgauge writes itself; a second one would break the request or the measurement.
constexpr std::array<ReservedHeader, 6> reserved_headers{
    {{"Host", "it comes from the url; use `connect_to` to dial another address"},
     {"Content-Length", "it follows from the request"},
     {"Transfer-Encoding", "it follows from the request"},
     {"Connection", "use `connections: { reuse: false }`"},
     {"Accept-Encoding", "use `accept_encoding: [gzip]`"},
     {"X-Request-Id", "streamgauge gives every request its own"}}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_header_value(std::string_view value) {
    const auto allowed = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return c == '\t' || (byte >= 0x20 && byte != 0x7f);
    };
    return std::all_of(value.begin(), value.end(), allowed);
}

/// What is wrong with a header's name; empty when nothing is.
std::string fault_of_name(const YamlNode& node, const std::vector<Header>& before) {
    const std::string& name = node.key;
    if (!is_header_name(name)) return fmt::format("`{}` cannot be the name of a header", shown(name));
    for (const auto& [reserved, way_out] : reserved_headers) {
        if (same_header_name(name, reserved))
            return fmt::format("header `{}` cannot be set: {}", name, way_out);
    }
    const bool twice = std::any_of(before.begin(), before.end(),
                                   [&](const Header& h) { return same_header_name(h.name, name); });
    return twice ? fmt::format("header `{}` is given twice", name) : std::string();
}

/// The value, or nothing after an error. Numbers and flags are taken as they are written.
std::optional<std::string> read_value(const YamlNode& node, const std::string& path,
                                      DiagnosticCollector& diagnostics) {
    if (node.unusable) return std::nullopt;
    if (!node.is_scalar()) {
        diagnostics.error(node.is_null() ? node.key_where : node.where,
                          fmt::format("`{}` needs a text; {} is not one", path, describe(node)));
    } else if (node.text.size() > longest_header) {
        diagnostics.error(node.where, fmt::format("`{}` is longer than {} KiB", path, longest_header / 1024));
    } else if (!is_header_value(node.text)) {
        diagnostics.error(node.where,
                          fmt::format("`{}` holds a line break or another control character, which no header "
                                      "may; check the file or variable for a trailing line end",
                                      path));
    } else {
        return node.text;
    }
    return std::nullopt;
}

/// Everything of a credential header that a server may echo: the value, and the key after `Bearer `.
void add_literal(std::string_view value, SecretCollector& secrets) {
    secrets.add(value);
    if (const auto space = value.rfind(' '); space != std::string_view::npos) {
        secrets.add(value.substr(space + 1));
    }
}

/// Decides whether a header is secret, and hides what stands in the file.
bool guard(const YamlNode& node, const std::string& path, ReadContext& context) {
    for (const std::string& variable : node.variables)
        context.secrets.add(variable);
    const bool credential =
        std::any_of(credential_headers.begin(), credential_headers.end(),
                    [&](std::string_view name) { return same_header_name(name, node.key); });
    if (!credential) return node.interpolated;
    add_literal(node.text, context.secrets);
    // A default is written out in the file just as a plain value is.
    const bool literal = !node.interpolated || node.raw.find(":-") != std::string::npos;
    if (literal && !node.raw.empty() && !context.secrets.hide(node, node.raw)) {
        context.diagnostics.error(node.where,
                                  fmt::format("`{}` is a credential that cannot be masked as it is written; "
                                              "write it on one line without escapes, or use `${{env:NAME}}`",
                                              path));
    }
    return true;
}

}  // namespace

bool is_header_name(std::string_view name) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    const auto allowed = [&](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
               marks.find(c) != std::string_view::npos;
    };
    return !name.empty() && name.size() <= 256 && std::all_of(name.begin(), name.end(), allowed);
}

bool same_header_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::vector<Header> read_headers(const YamlNode& node, const std::string& path, ReadContext& context) {
    std::vector<Header> headers;
    const MappingReader reader(node, path, context.diagnostics);
    if (!reader.is_mapping()) return headers;
    for (const YamlNode& child : node.children) {
        const std::string child_path = reader.path_of(child.key);
        if (std::string fault = fault_of_name(child, headers); !fault.empty()) {
            context.diagnostics.error(child.key_where, std::move(fault));
            continue;
        }
        auto value = read_value(child, child_path, context.diagnostics);
        if (!value) continue;
        headers.push_back({child.key, std::move(*value), guard(child, child_path, context)});
    }
    return headers;
}

}  // namespace streamgauge::scenarios
