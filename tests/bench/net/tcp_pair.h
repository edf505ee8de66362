#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace streamgauge::net::testing {

/// A listening socket on a free port of the loopback address.
class Listener {
  public:
    Listener() : descriptor_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (bind(descriptor_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            listen(descriptor_, 64) != 0 ||
            getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            throw std::runtime_error{"cannot listen on loopback"};
        }
        port_ = ntohs(address.sin_port);
    }
    ~Listener() { close(descriptor_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    std::uint16_t port() const { return port_; }
    int descriptor() const { return descriptor_; }
    int accept_one() const { return accept(descriptor_, nullptr, nullptr); }

  private:
    int descriptor_;
    std::uint16_t port_ = 0;
};

/// A blocking client connection to a port of the loopback address.
inline int connect_to(std::uint16_t port) {
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error{"cannot connect on loopback"};
    }
    return descriptor;
}

inline void write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (written <= 0) throw std::runtime_error{"the peer is gone"};
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

/// Waits, at most 5 s, until there is something to read (or the end).
inline bool wait_readable(int descriptor) {
    pollfd entry{descriptor, POLLIN, 0};
    return poll(&entry, 1, 5000) == 1;
}

}  // namespace streamgauge::net::testing
