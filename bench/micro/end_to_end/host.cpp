#include "bench/micro/end_to_end/host.h"

#include <fmt/format.h>

#include <malloc.h>
#include <sched.h>
#include <sys/resource.h>
#include <time.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <string>
#include <system_error>

namespace streamgauge::micro {
namespace {

/// Of the calling thread; those it makes inherit it.
bool set_real_time_priority(int priority) {
    sched_param parameters{};
    parameters.sched_priority = priority;
    return sched_setscheduler(0, SCHED_FIFO, &parameters) == 0;
}

}  // namespace

void pin_to(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) fmt::print(stderr, "cannot pin to core {}\n", core);
}

void become_real_time() {
    if (!set_real_time_priority(2))
        throw std::system_error{errno, std::generic_category(), "cannot run under real-time scheduling"};
}

void go_second() {
    if (sched_getscheduler(0) == SCHED_FIFO) set_real_time_priority(1);
}

void go_first() {
    if (sched_getscheduler(0) == SCHED_FIFO) set_real_time_priority(2);
}

void raise_descriptor_limit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::chrono::nanoseconds cpu_time_of(pid_t process) {
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return {};
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

Memory memory_now() {
    std::ifstream status{"/proc/self/status"};
    Memory memory;
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) memory.resident = std::stoull(line.substr(6)) * 1024;
        if (line.starts_with("VmHWM:")) memory.peak = std::stoull(line.substr(6)) * 1024;
    }
    const auto heap = mallinfo2();
    memory.heap = heap.uordblks + heap.hblkhd;
    return memory;
}

}  // namespace streamgauge::micro
