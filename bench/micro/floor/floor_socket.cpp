#include "bench/micro/floor/floor_socket.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace streamgauge::floor {
namespace {

constexpr std::uint64_t ports_per_address = 10'000;

nanoseconds clock_now(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds{time.tv_sec} + nanoseconds{time.tv_nsec};
}

[[noreturn]] void fail(const char* what) {
    throw std::system_error{errno, std::generic_category(), what};
}

sockaddr_in loopback(std::uint32_t host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(host);
    return address;
}

void switch_on(int descriptor, int level, int option) {
    const int on = 1;
    if (setsockopt(descriptor, level, option, &on, sizeof on) != 0) fail("cannot set a socket option");
}

}  // namespace

nanoseconds measure_clock_offset() {
    nanoseconds best_width = nanoseconds::max();
    nanoseconds offset{0};
    for (int sample = 0; sample < 9; ++sample) {
        const nanoseconds before = clock_now(CLOCK_MONOTONIC);
        const nanoseconds real = clock_now(CLOCK_REALTIME);
        const nanoseconds after = clock_now(CLOCK_MONOTONIC);
        if (after - before >= best_width) continue;
        best_width = after - before;
        offset = real - (before + (after - before) / 2);
    }
    return offset;
}

int connect_stamped(std::uint16_t port, std::uint64_t number) {
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) fail("cannot open a socket");
    switch_on(descriptor, SOL_SOCKET, SO_TIMESTAMPNS);
    switch_on(descriptor, IPPROTO_TCP, TCP_NODELAY);
    switch_on(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
    const auto source = loopback(INADDR_LOOPBACK + static_cast<std::uint32_t>(number / ports_per_address), 0);
    if (bind(descriptor, reinterpret_cast<const sockaddr*>(&source), sizeof source) != 0)
        fail("cannot bind a source address");
    const auto address = loopback(INADDR_LOOPBACK, port);
    if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int error = errno;
        close(descriptor);
        errno = error;
        fail("cannot connect to the simulated server");
    }
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    return descriptor;
}

FloorRead read_stamped(int descriptor, std::span<char> buffer, nanoseconds offset) {
    iovec target{buffer.data(), buffer.size()};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(timespec))];
    msghdr message{};
    message.msg_iov = &target;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t taken = recvmsg(descriptor, &message, 0);

    FloorRead read;
    read.closed = taken == 0 || (taken < 0 && errno != EAGAIN && errno != EINTR);
    read.user = Moment{clock_now(CLOCK_MONOTONIC)};
    if (taken <= 0) return read;
    read.bytes = {buffer.data(), static_cast<std::size_t>(taken)};
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header != nullptr && header->cmsg_type == SCM_TIMESTAMPNS) {
        timespec stamp{};
        std::memcpy(&stamp, CMSG_DATA(header), sizeof stamp);
        read.arrival = Moment{std::chrono::seconds{stamp.tv_sec} + nanoseconds{stamp.tv_nsec} - offset};
    }
    return read;
}

void send_whole(int descriptor, std::string_view bytes) {
    if (send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size())) {
        fail("cannot send a request");
    }
}

}  // namespace streamgauge::floor
