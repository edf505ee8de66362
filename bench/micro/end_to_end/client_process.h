#pragma once

#include "bench/micro/end_to_end/channel.h"
#include "bench/micro/end_to_end/figures.h"
#include "bench/micro/end_to_end/load.h"

#include <sys/types.h>

#include <cstdint>
#include <string_view>

namespace streamgauge::micro {

enum class Client {
    floor,        ///< the bare client
    streamgauge,  ///< its engine, timelines compared with the server's stamps and dropped
    recording,    ///< its engine with all rows, figures and files of a run
};

std::string_view name_of(Client client);

/// One client in a process and on a core of its own, so that its memory and CPU time are its own.
class ClientProcess {
  public:
    /// Forks: the calling process must have no second thread. Throws std::runtime_error.
    ClientProcess(Client client, const Load& load, std::uint16_t port, Moment start);
    ~ClientProcess();
    ClientProcess(const ClientProcess&) = delete;
    ClientProcess& operator=(const ClientProcess&) = delete;

    /// Waits for the end of the load. Throws std::runtime_error when the client failed.
    Figures finish();

  private:
    Channel channel_;
    pid_t process_ = -1;
};

}  // namespace streamgauge::micro
