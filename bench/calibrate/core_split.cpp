#include "bench/calibrate/core_split.h"

#include <sched.h>

#include <algorithm>
#include <cstddef>

namespace streamgauge::calibrate {

CoreSplit split_cores(const std::vector<int>& cores) {
    const auto half = static_cast<std::ptrdiff_t>(cores.size() / 2);
    const auto end_of_server = cores.begin() + std::max<std::ptrdiff_t>(half, 1);
    return {{cores.begin(), end_of_server}, {cores.begin() + half, cores.end()}};
}

std::vector<int> usable_cores() {
    cpu_set_t set;
    CPU_ZERO(&set);
    std::vector<int> cores;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        for (int core = 0; core < CPU_SETSIZE; ++core) {
            if (CPU_ISSET(core, &set)) cores.push_back(core);
        }
    }
    if (cores.empty()) cores.push_back(0);
    return cores;
}

void run_on(const std::vector<int>& cores) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int core : cores)
        CPU_SET(core, &set);
    sched_setaffinity(0, sizeof set, &set);
}

}  // namespace streamgauge::calibrate
