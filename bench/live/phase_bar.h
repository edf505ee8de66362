#pragma once

#include "bench/live/snapshot.h"

#include <cstddef>
#include <string>
#include <vector>

namespace streamgauge::live {

/// How far a run is, as one line in two parts: what is over and what is to come.
struct PhaseBar {
    std::string over, to_come;
};

/// Phases stand for their share of the time, with a blank between two where there is room for that. Together
/// the parts take `columns` columns.
PhaseBar phase_bar(const std::vector<Snapshot::Phase>& phases, nanoseconds elapsed, std::size_t columns,
                   bool unicode);

}  // namespace streamgauge::live
