#include "bench/net/connecting_socket.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace streamgauge::net {

using boost::asio::ip::tcp;

ConnectingSocket::Progress ConnectingSocket::begin(const tcp::endpoint& destination,
                                                   const std::optional<boost::asio::ip::address>& source) {
    close();
    error_.clear();
    descriptor_ = ::socket(destination.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) return fail(errno);
    if (source) {
        const int on = 1;
        ::setsockopt(descriptor_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        const tcp::endpoint from{*source, 0};
        if (::bind(descriptor_, from.data(), static_cast<socklen_t>(from.size())) != 0) return fail(errno);
    }
    const auto size = static_cast<socklen_t>(destination.size());
    if (::connect(descriptor_, destination.data(), size) == 0) return Progress::connected;
    if (errno != EINPROGRESS) return fail(errno);
    // On loopback the handshake is over by now, and asking again saves the way through the readiness set.
    if (::connect(descriptor_, destination.data(), size) == 0) return Progress::connected;
    return errno == EALREADY ? Progress::under_way : fail(errno);
}

ConnectingSocket::Progress ConnectingSocket::finish() {
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    return error == 0 ? Progress::connected : fail(error);
}

ConnectingSocket::Progress ConnectingSocket::fail(int error) {
    close();
    error_ = {error, boost::system::system_category()};
    return Progress::failed;
}

int ConnectingSocket::release() {
    return std::exchange(descriptor_, -1);
}

void ConnectingSocket::close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

}  // namespace streamgauge::net
