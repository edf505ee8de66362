#include "bench/net/dialer.h"

#include "tests/bench/net/exchange_fixture.h"

#include <gtest/gtest.h>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;
using report::Outcome;
using testing::ScriptedServer;

class DialerTest : public testing::ExchangeFixture {};

TEST_F(DialerTest, ARefusedPortIsNamed) {
    {
        const testing::Listener gone;
        endpoint_.port = gone.port();
    }
    pool();
    Exchange exchange{net_, timeouts_};
    run([&] { return request(exchange); });
    EXPECT_EQ(exchange.timeline.outcome, Outcome::connect_failed);
    EXPECT_NE(exchange.timeline.detail.find("127.0.0.1:" + std::to_string(endpoint_.port)),
              std::string::npos);
}

TEST_F(DialerTest, ANameThatDoesNotResolveIsNamed) {
    endpoint_.host = "nowhere.invalid";
    endpoint_.port = 80;
    pool();
    Exchange exchange{net_, timeouts_};
    run([&] { return request(exchange); });
    EXPECT_EQ(exchange.timeline.outcome, Outcome::resolve_failed) << exchange.timeline.detail;
    EXPECT_NE(exchange.timeline.detail.find("`nowhere.invalid`"), std::string::npos);
}

TEST_F(DialerTest, APortThatSpeaksNoTlsIsATlsFailure) {
    const ScriptedServer server{[](int descriptor, int) {
        testing::wait_readable(descriptor);
        testing::write_all(descriptor, "HTTP/1.1 400 Bad Request\r\n\r\n");
    }};
    endpoint_.port = server.port();
    endpoint_.tls = std::make_shared<const TlsContext>(scenarios::TlsOptions{});
    pool();
    Exchange exchange{net_, timeouts_};
    run([&] { return request(exchange); });
    EXPECT_EQ(exchange.timeline.outcome, Outcome::tls_failed);
    EXPECT_NE(exchange.timeline.detail.find("TLS with `localhost` failed"), std::string::npos)
        << exchange.timeline.detail;
}

TEST_F(DialerTest, AServerThatNeverShakesHandsTimesOut) {
    const ScriptedServer server{[](int descriptor, int) {
        std::array<char, 4096> buffer{};
        while (recv(descriptor, buffer.data(), buffer.size(), 0) > 0) {
        }
    }};
    endpoint_.port = server.port();
    endpoint_.tls = std::make_shared<const TlsContext>(scenarios::TlsOptions{});
    Dialer hasty{context_, net_, 50ms};
    pool_.emplace(hasty, 1, std::nullopt, true);
    Exchange exchange{net_, timeouts_};
    run([&] { return request(exchange); });
    EXPECT_EQ(exchange.timeline.outcome, Outcome::timeout_connect) << exchange.timeline.detail;
}

}  // namespace
}  // namespace streamgauge::net
