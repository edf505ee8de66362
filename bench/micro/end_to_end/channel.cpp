#include "bench/micro/end_to_end/channel.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace streamgauge::micro {

Channel::~Channel() {
    if (descriptor_ >= 0) close(descriptor_);
}

Channel::Channel(Channel&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}

Channel& Channel::operator=(Channel&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

bool Channel::send_bytes(const void* bytes, std::size_t size) {
    const auto* next = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t written = ::send(descriptor_, next, size, MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        next += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

bool Channel::receive_bytes(void* bytes, std::size_t size) {
    auto* next = static_cast<char*>(bytes);
    while (size > 0) {
        const ssize_t taken = recv(descriptor_, next, size, 0);
        if (taken < 0 && errno == EINTR) continue;
        if (taken <= 0) return false;
        next += taken;
        size -= static_cast<std::size_t>(taken);
    }
    return true;
}

ChannelPair make_channel() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        throw std::system_error{errno, std::generic_category(), "cannot make a channel between processes"};
    }
    return {Channel{ends[0]}, Channel{ends[1]}};
}

}  // namespace streamgauge::micro
