#include "bench/net/stamped_socket.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace streamgauge::net {
namespace {

void set_option(int descriptor, int level, int name) {
    const int on = 1;
    setsockopt(descriptor, level, name, &on, sizeof on);
}

std::optional<nanoseconds> kernel_stamp(msghdr& message) {
    for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr;
         control = CMSG_NXTHDR(&message, control)) {
        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_TIMESTAMPNS) continue;
        timespec time{};
        std::memcpy(&time, CMSG_DATA(control), sizeof time);
        return std::chrono::seconds{time.tv_sec} + nanoseconds{time.tv_nsec};
    }
    return std::nullopt;
}

}  // namespace

StampedSocket::StampedSocket(int descriptor, Moment connected)
    : descriptor_{descriptor}, previous_arrival_{connected}, empty_since_{connected} {
    fcntl(descriptor_, F_SETFL, fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
    set_option(descriptor_, SOL_SOCKET, SO_TIMESTAMPNS);
    set_option(descriptor_, IPPROTO_TCP, TCP_NODELAY);
}

StampedSocket::~StampedSocket() {
    if (descriptor_ >= 0) close(descriptor_);
}

StampedSocket::StampedSocket(StampedSocket&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)},
      previous_arrival_{other.previous_arrival_},
      empty_since_{other.empty_since_} {}

StampedSocket& StampedSocket::operator=(StampedSocket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    previous_arrival_ = other.previous_arrival_;
    empty_since_ = other.empty_since_;
    return *this;
}

StampedRead StampedSocket::read(std::span<char> buffer, const WorkerClock& clock, Moment floor) {
    iovec target{buffer.data(), buffer.size()};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(timespec))];
    msghdr message{};
    message.msg_iov = &target;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;

    const ssize_t taken = recvmsg(descriptor_, &message, 0);
    const int error = errno;
    const Moment user = WorkerClock::now();

    StampedRead result;
    result.stamp = {user, user, user, empty_since_, report::StampSource::user};
    if (taken == 0) {
        result.kind = StampedRead::Kind::end;
    } else if (taken < 0) {
        if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR) return result;
        result.kind = StampedRead::Kind::failed;
        result.error = {error, boost::system::system_category()};
    } else {
        std::optional<Moment> kernel;
        if (const auto stamp = kernel_stamp(message)) kernel = clock.mapping().to_moment(*stamp);
        const auto chosen = choose_arrival(kernel, previous_arrival_, user, clock.mapping().uncertainty());
        result.kind = StampedRead::Kind::bytes;
        result.bytes = {buffer.data(), static_cast<std::size_t>(taken)};
        result.stamp = {chosen.arrival, user, std::min(std::max(empty_since_, floor), chosen.arrival),
                        empty_since_, chosen.source};
        previous_arrival_ = chosen.arrival;
        if (result.bytes.size() < buffer.size()) empty_since_ = user;
    }
    return result;
}

std::size_t StampedSocket::write(std::string_view bytes, boost::system::error_code& error) {
    const ssize_t written = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (written >= 0) return static_cast<std::size_t>(written);
    if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
        error = {errno, boost::system::system_category()};
    return 0;
}

}  // namespace streamgauge::net
