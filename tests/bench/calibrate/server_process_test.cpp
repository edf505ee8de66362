#include "bench/calibrate/server_process.h"

#include <gmock/gmock.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>

namespace streamgauge::calibrate {
namespace {

bool accepts(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int result = ::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::close(descriptor);
    return result == 0;
}

TEST(ServerProcess, ListensWhileItLivesAndNoLonger) {
    std::optional<ServerProcess> server;
    server.emplace(STREAMGAUGE_PROGRAM, usable_cores());
    const auto port = server->port();
    EXPECT_TRUE(accepts(port));
    EXPECT_GT(server->cpu_time().count(), 0);
    server.reset();
    EXPECT_FALSE(accepts(port));
}

TEST(ServerProcess, SaysWhichProgramDidNotStart) {
    try {
        const ServerProcess server("/nowhere/streamgauge", usable_cores());
        FAIL() << "started nothing and said nothing";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(),
                     "the simulated server did not start; does `/nowhere/streamgauge serve --port 0` work?");
    }
}

}  // namespace
}  // namespace streamgauge::calibrate
