#include "scenarios/interpolation.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace streamgauge::scenarios {
namespace {

/// A token of a megabyte is a mistake, and every occurrence of a value is masked in all output.
constexpr std::size_t longest_value = 64 * 1024;

bool is_variable_name(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return !name.empty() && letter(name[0]) &&
           std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || digit(c); });
}

/// Handles what stands between `${` and `}`.
void replace_expression(std::string_view expression, const Environment& environment, Interpolated& result) {
    constexpr std::string_view prefix = "env:";
    const std::string_view rest =
        expression.starts_with(prefix) ? expression.substr(prefix.size()) : std::string_view{};
    const std::size_t dash = rest.find(":-");
    const std::string_view name = rest.substr(0, dash);
    if (!is_variable_name(name)) {
        result.error = fmt::format(
            "`${{{}}}` is not understood; write `${{env:NAME}}` or `${{env:NAME:-default}}`, or `$${{` for a "
            "plain `${{`",
            expression);
        return;
    }
    const std::optional<std::string> value = environment(name);
    if (value && value->size() > longest_value) {
        result.error =
            fmt::format("the environment variable `{}` holds more than {} KiB", name, longest_value / 1024);
    } else if (value && !value->empty()) {
        result.text += *value;
        result.variables.push_back(*value);
    } else if (dash != std::string_view::npos) {
        result.text += rest.substr(dash + 2);
    } else {
        result.error = fmt::format(
            "the environment variable `{}` is {}; set it, or give a default: `${{env:{}:-value}}`", name,
            value ? "empty" : "not set", name);
    }
    result.changed = true;
}

}  // namespace

Interpolated interpolate(std::string_view raw, const Environment& environment) {
    Interpolated result;
    while (!raw.empty() && result.error.empty()) {
        const std::size_t start = raw.find("${");
        result.text += raw.substr(0, start);
        if (start == std::string_view::npos) break;
        const bool escaped = start > 0 && raw[start - 1] == '$';
        if (escaped) {
            result.text += '{';  // the two dollars before became one: the first is the escape
            raw.remove_prefix(start + 2);
            continue;
        }
        const std::size_t end = raw.find('}', start);
        if (end == std::string_view::npos) {
            result.error = "`${` has no closing `}`; write `$${` for a plain `${`";
            break;
        }
        replace_expression(raw.substr(start + 2, end - start - 2), environment, result);
        raw.remove_prefix(end + 1);
    }
    return result;
}

void interpolate_tree(YamlNode& node, const Environment& environment, DiagnosticCollector& diagnostics) {
    for (YamlNode& child : node.children)
        interpolate_tree(child, environment, diagnostics);
    if (!node.is_scalar()) return;
    Interpolated result = interpolate(node.raw, environment);
    if (!result.error.empty()) {
        diagnostics.error(node.where, result.error);
        node.unusable = true;
        return;
    }
    node.text = std::move(result.text);
    node.interpolated = result.changed;
    node.variables = std::move(result.variables);
}

}  // namespace streamgauge::scenarios
