#pragma once

#include "bench/simulator/server.h"

namespace streamgauge::simulator {

/// Serves until SIGINT or SIGTERM. Prints one line to stdout when ready, `listening on URL`, and warnings to
/// stderr. Gives the exit status: 0, or 2 after a sentence on stderr when it cannot serve.
int serve(const ServeOptions& options);

}  // namespace streamgauge::simulator
