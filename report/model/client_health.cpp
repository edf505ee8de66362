#include "report/model/client_health.h"

#include <algorithm>

namespace streamgauge::report {

void ClientHealth::merge(const ClientHealth& other) {
    client_lag.merge(other.client_lag);
    loop_lag.merge(other.loop_lag);
    cpu_time += other.cpu_time;
    wall_time += other.wall_time;
    if (other.core_wait) core_wait = core_wait.value_or(std::chrono::nanoseconds{0}) + *other.core_wait;
    reads += other.reads;
    reads_without_kernel_stamp += other.reads_without_kernel_stamp;
    clock_steps += other.clock_steps;
    unmapped_clock_steps += other.unmapped_clock_steps;
    rows_lost += other.rows_lost;
    peak_descriptors = std::max(peak_descriptors, other.peak_descriptors);
    descriptor_limit = std::max(descriptor_limit, other.descriptor_limit);
    peak_ports = std::max(peak_ports, other.peak_ports);
    port_limit = std::max(port_limit, other.port_limit);
    // Workers in one plight say the same sentence; a person reads it once.
    for (const auto& note : other.notes) {
        if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
    }
}

}  // namespace streamgauge::report
