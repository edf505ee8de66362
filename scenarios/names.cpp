#include "scenarios/names.h"

#include "scenarios/scalar_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace streamgauge::scenarios {
namespace {

constexpr std::size_t longest_name = 64;

bool is_name(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
               c == '-';
    };
    return !name.empty() && name.size() <= longest_name && std::all_of(name.begin(), name.end(), allowed);
}

}  // namespace

bool check_name(const YamlNode& node, std::string_view name, std::string_view what,
                DiagnosticCollector& diagnostics) {
    if (is_name(name)) return true;
    diagnostics.error(
        what == "phase" ? node.where : node.key_where,
        fmt::format("`{}` cannot be the name of a {}; use up to {} letters, digits, `-` and `_`", shown(name),
                    what, longest_name));
    return false;
}

bool read_name(const YamlNode& node, std::string_view text, std::string_view path,
               std::span<const std::string_view> names, std::string& into, DiagnosticCollector& diagnostics) {
    if (std::find(names.begin(), names.end(), text) != names.end()) {
        into = text;
        return true;
    }
    diagnostics.error(
        node.where,
        fmt::format("`{}` needs one of {}; {} is not one", path, fmt::join(names, ", "), describe(node)),
        node.interpolated ? std::string() : suggest(text, names));
    return false;
}

bool check_readable_file(const std::filesystem::path& file, const YamlNode& node, std::string_view path,
                         DiagnosticCollector& diagnostics) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    std::string fault;
    if (!std::filesystem::exists(status)) {
        fault = "does not exist";
    } else if (!std::filesystem::is_regular_file(status)) {
        fault = "is not a file";
    } else if (!std::ifstream(file)) {
        fault = "cannot be opened; check its permissions";
    } else {
        return true;
    }
    diagnostics.error(node.where, fmt::format("`{}`: {} {}; paths are relative to the scenario", path,
                                              file.lexically_normal().string(), fault));
    return false;
}

}  // namespace streamgauge::scenarios
