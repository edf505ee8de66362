#pragma once

#include "bench/micro/end_to_end/channel.h"
#include "bench/micro/end_to_end/load.h"
#include "bench/simulator/server.h"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace streamgauge::micro {

inline constexpr int server_core = 0;
inline constexpr int client_core = 1;

/// What the simulator has to be to bring this load.
simulator::ServeOptions server_for(const Load& load, const std::string& scratch_folder);

/// A simulator in a process and on a core of its own.
class ServerProcess {
  public:
    /// Forks: the calling process must have no second thread. Throws std::runtime_error.
    explicit ServerProcess(const simulator::ServeOptions& options);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    std::uint16_t port() const { return port_; }
    simulator::StatisticsSnapshot statistics();
    std::chrono::nanoseconds cpu_time() const;

  private:
    Channel channel_;
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace streamgauge::micro
