#pragma once

#include "tests/bench/net/tcp_pair.h"

#include <sys/socket.h>

#include <vector>

namespace streamgauge::net::testing {

/// A listener whose queue of new connections is full: whoever connects hears nothing.
class FullListener {
  public:
    FullListener() {
        listen(listener_.descriptor(), 0);  // shortens the queue
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(listener_.port());
        for (;;) {
            const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            fillers_.push_back(descriptor);
            connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
            pollfd entry{descriptor, POLLOUT, 0};
            if (poll(&entry, 1, 0) == 0) return;  // this one is waiting outside
        }
    }
    ~FullListener() { close_fillers(); }
    FullListener(const FullListener&) = delete;
    FullListener& operator=(const FullListener&) = delete;

    std::uint16_t port() const { return listener_.port(); }

    /// Lengthens the queue.
    void make_room() { listen(listener_.descriptor(), 64); }

  private:
    void close_fillers() {
        for (const int descriptor : fillers_)
            close(descriptor);
    }

    Listener listener_;
    std::vector<int> fillers_;
};

}  // namespace streamgauge::net::testing
