#pragma once

#include "report/model/histogram.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::report {

/// How one worker fared. Workers own theirs; they are merged at the end of the run and once a second for
/// progress.
struct ClientHealth {
    Histogram client_lag;                  ///< user stamp - kernel stamp, per socket read
    Histogram loop_lag;                    ///< how late the worker's timer fired
    std::chrono::nanoseconds cpu_time{0};  ///< of the worker's thread
    std::chrono::nanoseconds wall_time{0};
    /// Ready to run, but the system let others run; empty where the kernel does not count it.
    std::optional<std::chrono::nanoseconds> core_wait;
    std::uint64_t reads = 0;
    std::uint64_t reads_without_kernel_stamp = 0;  ///< fell back to the user stamp
    std::uint64_t clock_steps = 0;                 ///< steps of the real-time clock noticed
    std::uint64_t unmapped_clock_steps = 0;        ///< steps that could not be mapped out
    std::uint64_t rows_lost = 0;                   ///< rows the writer could not take
    std::uint64_t peak_descriptors = 0;
    std::uint64_t descriptor_limit = 0;
    std::uint64_t peak_ports = 0;  ///< ephemeral ports in use to one address, at most
    std::uint64_t port_limit = 0;
    std::vector<std::string> notes;  ///< plain sentences on what hampered the client

    /// Adds another worker's figures: histograms and counts add, peaks take the larger, times add.
    void merge(const ClientHealth& other);
};

}  // namespace streamgauge::report
