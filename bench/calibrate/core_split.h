#pragma once

#include <vector>

namespace streamgauge::calibrate {

/// Which cores the server gets and which the client, so that neither takes the other's time.
struct CoreSplit {
    std::vector<int> server, client;
};

/// The first half of `cores` for the server, the rest for the client; a single core is shared. `cores` is not
/// empty.
CoreSplit split_cores(const std::vector<int>& cores);

/// The cores this process may run on (sched_getaffinity).
std::vector<int> usable_cores();

/// Binds the calling thread, and what it starts from here on, to `cores`. Where the system refuses, all stays
/// as it is.
void run_on(const std::vector<int>& cores);

}  // namespace streamgauge::calibrate
