#include "tests/system/fixture.h"
#include "tests/system/nginx.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace streamgauge::system_tests {
namespace {

using ::testing::HasSubstr;

/// A socket that listens and never accepts: the kernel completes TCP, then there is silence.
class SilentServer {
  public:
    SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(socket_, 64) != 0 ||
            ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            throw std::runtime_error("no silent server");
        }
        port_ = ntohs(address.sin_port);
    }
    ~SilentServer() { ::close(socket_); }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    int port() const { return port_; }

  private:
    int socket_;
    int port_ = 0;
};

class Connecting : public ::testing::Test {
  protected:
    /// Runs a scenario in which no request can succeed.
    void expect_unreachable(Scene scene, std::string_view outcome, std::string_view detail) {
        scene.load = "{ phase: steady, rate: 20/s, for: 300ms }";
        const auto finished = bench.run(scene);
        SCOPED_TRACE(finished.out + finished.err);
        EXPECT_EQ(finished.status, 3);
        const auto rows = bench.folder().rows();
        EXPECT_EQ(rows.size(), 6u);
        for (const auto& row : rows) {
            EXPECT_EQ(row.at("outcome").as_string(), outcome) << row;
            EXPECT_THAT(std::string(row.at("detail").as_string()), HasSubstr(detail));
            EXPECT_FALSE(row.contains("ttft_ns")) << row;
        }
        EXPECT_THAT(finished.out, HasSubstr("served"));
    }
    Bench bench;
};

TEST_F(Connecting, RefusedPortIsConnectFailed) {
    expect_unreachable({fmt::format("http://127.0.0.1:{}/", free_port())}, "connect_failed", "refused");
}

TEST_F(Connecting, UnknownNameIsResolveFailed) {
    expect_unreachable({"http://streamgauge.invalid/v1/chat/completions"}, "resolve_failed",
                       "streamgauge.invalid");
}

TEST_F(Connecting, SilenceInTheTlsHandshakeIsTimeoutConnect) {
    const SilentServer server;
    Scene scene{fmt::format("https://127.0.0.1:{}/", server.port())};
    scene.more = "timeouts: { connect: 200ms }\n";
    expect_unreachable(scene, "timeout_connect", "");
}

TEST_F(Connecting, CleartextServerIsTlsFailed) {
    const Simulator simulator;
    expect_unreachable({fmt::format("https://127.0.0.1:{}/v1/chat/completions", simulator.port())},
                       "tls_failed", "");
}

TEST_F(Connecting, CertificateThatDoesNotVerifyIsTlsFailed) {
    if (!Nginx::is_installed()) GTEST_SKIP() << "nginx is not installed";
    const Simulator simulator;
    const Nginx nginx(Nginx::tls_proxy(simulator.port()));
    expect_unreachable({nginx.url("https")}, "tls_failed", "certificate");
}

TEST_F(Connecting, CertificateOfTheScenarioIsTrusted) {
    if (!Nginx::is_installed()) GTEST_SKIP() << "nginx is not installed";
    const Simulator simulator;
    const Nginx nginx(Nginx::tls_proxy(simulator.port()));
    const auto finished = bench.run({nginx.url("https"),
                                     fmt::format("tls: {{ ca_file: \"{}\" }}", nginx.certificate().string()),
                                     "ttft: 200ms, itl: 2ms, tokens: 10"});
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
}

TEST_F(Connecting, InsecureIsInsecure) {
    if (!Nginx::is_installed()) GTEST_SKIP() << "nginx is not installed";
    const Simulator simulator;
    const Nginx nginx(Nginx::tls_proxy(simulator.port()));
    const auto finished =
        bench.run({nginx.url("https"), "tls: { insecure: true }", "ttft: 200ms, itl: 2ms, tokens: 10"});
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
}

}  // namespace
}  // namespace streamgauge::system_tests
