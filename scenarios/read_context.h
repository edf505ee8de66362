#pragma once

#include "scenarios/diagnostic_collector.h"
#include "scenarios/secret_collector.h"

#include <filesystem>

namespace streamgauge::scenarios {

/// What the readers of all sections share.
struct ReadContext {
    DiagnosticCollector& diagnostics;
    SecretCollector& secrets;
    std::filesystem::path directory;  ///< absolute; files named in the scenario are relative to it
};

}  // namespace streamgauge::scenarios
