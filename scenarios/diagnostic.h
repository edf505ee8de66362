#pragma once

#include <string>

namespace streamgauge::scenarios {

/// A place in a scenario file. Lines and columns count from 1; 0 means "the file as a whole".
struct SourcePosition {
    std::string file;
    int line = 0;
    int column = 0;
};

enum class Severity { error, warning };

/// One thing to tell the author of a scenario.
struct Diagnostic {
    Severity severity = Severity::error;
    SourcePosition where;
    std::string message;
    std::string suggestion;  ///< what was probably meant; empty when there is no good guess
};

}  // namespace streamgauge::scenarios
