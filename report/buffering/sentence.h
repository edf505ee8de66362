#pragma once

#include "report/model/buffering_verdict.h"
#include "report/model/cut_off.h"

#include <string>
#include <string_view>

namespace streamgauge::report {

/// What a verdict says of `subject`, such as a target's name, as a clause that reads on its own: `gateway
/// holds tokens back in blocks of 4096 bytes (p95 held 310ms)`. The evidence is not in it. `subject` is taken
/// as it is: escape it for its medium.
std::string buffering_sentence(std::string_view subject, const BufferingVerdict& verdict);

/// `gateway cuts streams off 60s after the request`, or `... after 30s of silence`.
std::string cut_off_sentence(std::string_view subject, const CutOff& cut_off);

}  // namespace streamgauge::report
