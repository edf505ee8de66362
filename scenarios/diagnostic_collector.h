#pragma once

#include "scenarios/diagnostic.h"

#include <string>
#include <vector>

namespace streamgauge::scenarios {

/// Gathers what is wrong with a scenario, so that its author learns all of it at once.
class DiagnosticCollector {
  public:
    void error(const SourcePosition& where, std::string message, std::string suggestion = {});
    void warning(const SourcePosition& where, std::string message);
    bool has_errors() const;

    /// Everything gathered: the file's own lines from top to bottom, then what `--set` brought in. At most
    /// a hundred are listed and the rest is counted, so that a file of the wrong kind does not flood.
    std::vector<Diagnostic> take_sorted();

  private:
    std::vector<Diagnostic> diagnostics_;
};

}  // namespace streamgauge::scenarios
