#pragma once

#include "scenarios/diagnostic.h"
#include "scenarios/scenario.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace streamgauge::scenarios {

struct LoadOptions {
    /// Looks an environment variable up; empty when it is not set. The process environment unless a test says
    /// otherwise.
    std::function<std::optional<std::string>(std::string_view)> environment;
    /// `--set path=value`, in order. A list of phases is addressed by the phase's name:
    /// `load.peak.rate=50/s`.
    std::vector<std::pair<std::string, std::string>> overrides;
};

struct LoadResult {
    std::optional<Scenario> scenario;     ///< set exactly when no diagnostic is an error
    std::vector<Diagnostic> diagnostics;  ///< every error and warning found, in file order
};

/// Reads and checks a scenario file. One without a name takes the file's, without its extension. All errors
/// are reported at once. Does not touch the network.
LoadResult load_scenario(const std::filesystem::path& file, const LoadOptions& options = {});

/// The same for text in hand; `file` is the name shown in diagnostics.
LoadResult parse_scenario(std::string_view text, const std::filesystem::path& file,
                          const LoadOptions& options = {});

/// `file:line:col: error: message (did you mean `x`?)`, without a line end.
std::string format_diagnostic(const Diagnostic& diagnostic);

/// The JSON Schema of the language, as `streamgauge schema` prints it.
std::string_view scenario_schema();

}  // namespace streamgauge::scenarios
