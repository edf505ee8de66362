#include "bench/net/connecting_socket.h"

#include "tests/bench/net/full_listener.h"
#include "tests/bench/net/tcp_pair.h"

#include <gtest/gtest.h>

namespace streamgauge::net {
namespace {

namespace errc = boost::system::errc;
using boost::asio::ip::make_address;
using boost::asio::ip::tcp;
using Progress = ConnectingSocket::Progress;

/// Waits, at most 5 s, for what becomes of it.
Progress settle(ConnectingSocket& socket, Progress progress) {
    if (progress != Progress::under_way) return progress;
    pollfd entry{socket.descriptor(), POLLOUT, 0};
    return poll(&entry, 1, 5000) == 1 ? socket.finish() : Progress::under_way;
}

tcp::endpoint local(std::uint16_t port) {
    return {make_address("127.0.0.1"), port};
}

TEST(ConnectingSocket, Connects) {
    const testing::Listener listener;
    ConnectingSocket socket;
    EXPECT_EQ(settle(socket, socket.begin(local(listener.port()), {})), Progress::connected);
    const int server = listener.accept_one();
    testing::write_all(server, "x");
    EXPECT_TRUE(testing::wait_readable(socket.descriptor()));
    close(server);
}

TEST(ConnectingSocket, SaysWhyItFailed) {
    std::uint16_t port = 0;
    {
        const testing::Listener gone;
        port = gone.port();
    }
    ConnectingSocket socket;
    EXPECT_EQ(settle(socket, socket.begin(local(port), {})), Progress::failed);
    EXPECT_EQ(socket.error(), errc::connection_refused);
    EXPECT_FALSE(socket.is_open());
}

TEST(ConnectingSocket, ConnectsFromTheAddressItIsTold) {
    const testing::Listener listener;
    ConnectingSocket socket;
    ASSERT_EQ(settle(socket, socket.begin(local(listener.port()), make_address("127.0.0.9"))),
              Progress::connected);
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    const int server = accept(listener.descriptor(), reinterpret_cast<sockaddr*>(&peer), &size);
    EXPECT_EQ(ntohl(peer.sin_addr.s_addr), 0x7f000009U);
    close(server);
}

TEST(ConnectingSocket, AnAddressOfAnotherMachineFails) {
    const testing::Listener listener;
    ConnectingSocket socket;
    EXPECT_EQ(socket.begin(local(listener.port()), make_address("192.0.2.77")), Progress::failed);
    EXPECT_EQ(socket.error(), errc::address_not_available);
}

TEST(ConnectingSocket, IsUnderWayWhileTheServerDoesNotAnswer) {
    testing::FullListener listener;
    ConnectingSocket socket;
    EXPECT_EQ(socket.begin(local(listener.port()), {}), Progress::under_way);
    listener.make_room();
    EXPECT_EQ(settle(socket, Progress::under_way), Progress::connected) << "at the kernel's second attempt";
}

}  // namespace
}  // namespace streamgauge::net
