#pragma once

#include "scenarios/loader.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Scenarios as text, for tests.
namespace streamgauge::scenarios {

/// A whole scenario on four lines: version, one target named `api`, one phase named `steady`, and from line 4
/// on `more`.
std::string scenario_with(std::string_view more);
/// The same with other phases: a YAML list.
std::string scenario_with_load(std::string_view load);
/// The same with other targets: a YAML mapping.
std::string scenario_with_targets(std::string_view targets, std::string_view more = "");

/// Only these variables, `--set` as given.
LoadOptions with_environment(std::map<std::string, std::string> variables);
LoadOptions with_overrides(std::vector<std::pair<std::string, std::string>> overrides);

/// Every diagnostic as `line:column: error: ...`.
std::vector<std::string> diagnostics_of(std::string_view text, const LoadOptions& options = {});

/// The scenario; a test failure that lists the diagnostics when there is none.
Scenario loaded(std::string_view text, const LoadOptions& options = {});

}  // namespace streamgauge::scenarios
