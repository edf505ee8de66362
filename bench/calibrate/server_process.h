#pragma once

#include "bench/calibrate/core_split.h"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace streamgauge::calibrate {

/// The simulated server as a process of its own: its work and its memory are not the client's. Ends with this
/// object, and with this process however that ends.
class ServerProcess {
  public:
    /// Starts `program serve --port 0 ...` on `cores`, one thread each, and waits until it listens. Throws
    /// std::runtime_error with one sentence when it does not.
    ServerProcess(const std::filesystem::path& program, const std::vector<int>& cores);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    std::uint16_t port() const { return port_; }
    /// Processor time it has used so far.
    std::chrono::nanoseconds cpu_time() const;

  private:
    void end();
    [[noreturn]] static void become(const std::string& program, const std::vector<int>& cores, int output);

    pid_t id_ = -1;
    int output_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace streamgauge::calibrate
