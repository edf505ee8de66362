#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>

namespace streamgauge::micro {

/// Keeps this process, and the threads it makes from now on, on one core; says so on stderr when it cannot.
void pin_to(int core);

/// From now on neither this process nor its children give way to ordinary ones (SCHED_FIFO). For machines
/// that have other things to do; wants the right to do so, else throws std::system_error.
void become_real_time();

/// Under real-time scheduling, where whoever runs is not interrupted by its equals: this thread, and those it
/// makes, come after those that called go_first(). Does nothing otherwise.
void go_second();
/// This thread is one that only looks on, now and then, and must not wait for one that is always busy.
void go_first();

/// As many descriptors as the system lets this process have.
void raise_descriptor_limit();

/// CPU time of another process, or of this one for 0.
std::chrono::nanoseconds cpu_time_of(pid_t process);

struct Memory {
    std::uint64_t resident = 0;  ///< bytes
    std::uint64_t peak = 0;
    std::uint64_t heap = 0;  ///< asked for and not given back, as the allocator counts it
};
/// Of this process, from /proc/self/status and the allocator.
Memory memory_now();

}  // namespace streamgauge::micro
