#pragma once

#include "scenarios/diagnostic.h"
#include "scenarios/expectation.h"

#include <chrono>
#include <string>

namespace streamgauge::scenarios {

/// What ends a run before its time: `errors > 20% for 5s`. Judged for each target, once a second, on the
/// requests that ended in that second; it strikes when no second of `held_for` was better.
struct AbortCondition {
    std::string text;  ///< as written, for messages
    Condition condition;
    std::chrono::nanoseconds held_for{0};  ///< at least 1 s
    SourcePosition where;
};

}  // namespace streamgauge::scenarios
