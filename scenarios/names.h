#pragma once

#include "scenarios/diagnostic_collector.h"
#include "scenarios/suggestion.h"
#include "scenarios/yaml_tree.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace streamgauge::scenarios {

/// Reports a name of a target, a phase or a label that has other characters than letters, digits, `_` and
/// `-`: names stand in `--set` paths, in expectations and in files. `what` is "target", "phase" or "label".
bool check_name(const YamlNode& node, std::string_view name, std::string_view what,
                DiagnosticCollector& diagnostics);

/// Takes `text` into `into` when it is one of `names`; otherwise says which there are.
bool read_name(const YamlNode& node, std::string_view text, std::string_view path,
               std::span<const std::string_view> names, std::string& into, DiagnosticCollector& diagnostics);

/// Reports a file that is not there or cannot be read. The error names it.
bool check_readable_file(const std::filesystem::path& file, const YamlNode& node, std::string_view path,
                         DiagnosticCollector& diagnostics);

}  // namespace streamgauge::scenarios
