#pragma once

#include "bench/probe/experiment.h"
#include "bench/probe/observation.h"

#include <string>

namespace streamgauge::probe {

/// Why no answer could be looked at, and the way out, in one or two sentences. `plain` has brought no token.
/// The text may hold what the server said: escape it for its medium.
std::string refusal_sentence(const Observation& plain, const Subject& subject);

/// True when the server gave its answer as one JSON document, though a stream was asked for.
bool answered_with_document(const Observation& plain);

}  // namespace streamgauge::probe
