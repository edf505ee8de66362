#include "bench/net/dialer.h"

#include "tests/bench/net/exchange_fixture.h"
#include "tests/bench/net/full_listener.h"
#include "tests/bench/net/test_certificate.h"

#include <gmock/gmock.h>

#include <array>
#include <mutex>
#include <string>
#include <vector>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;
using report::Outcome;
using testing::ScriptedServer;

namespace asio = boost::asio;
using asio::ip::make_address;
using asio::ip::tcp;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class DialerTest : public testing::ExchangeFixture {
  protected:
    /// Makes the dialer know a name that no resolver has to be asked for.
    static void name_addresses(Dialer& dialer, Endpoint& endpoint, const std::vector<std::uint16_t>& ports) {
        endpoint.host = "service.test";
        endpoint.port = 1;
        std::vector<tcp::endpoint> addresses;
        for (const auto port : ports)
            addresses.emplace_back(make_address("127.0.0.1"), port);
        dialer.names().remember(endpoint.host, endpoint.port, addresses);
    }

    /// One request without reuse of connections.
    std::string outcome_of_request(report::StreamTimeline* timeline = nullptr) {
        Exchange exchange{net_, timeouts_};
        run([&] { return request(exchange); });
        if (timeline != nullptr) *timeline = exchange.timeline;
        return std::string{report::to_string(exchange.timeline.outcome)} + " " + exchange.timeline.detail;
    }
};

std::string peer_of(int descriptor) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size);
    return inet_ntoa(peer.sin_addr);
}

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
    Dialer hasty{context_, net_, {50ms, {}}};
    pool_.emplace(hasty, 1, std::nullopt, true);
    Exchange exchange{net_, timeouts_};
    run([&] { return request(exchange); });
    EXPECT_EQ(exchange.timeline.outcome, Outcome::timeout_connect) << exchange.timeline.detail;
}

TEST_F(DialerTest, SpreadsEvenlyOverTheAddressesOfAName) {
    const ScriptedServer one{testing::answer_all};
    const ScriptedServer two{testing::answer_all};
    const ScriptedServer three{testing::answer_all};
    name_addresses(dialer_, endpoint_, {one.port(), two.port(), three.port()});
    pool({}, false);
    for (int i = 0; i < 9; ++i)
        EXPECT_EQ(outcome_of_request(), "completed ");
    EXPECT_EQ(one.connections(), 3);
    EXPECT_EQ(two.connections(), 3);
    EXPECT_EQ(three.connections(), 3);
    EXPECT_EQ(net_.ledger->peak_to_one_address(), 1U);
    EXPECT_EQ(net_.ledger->open(), 0U);
}

TEST_F(DialerTest, AnAddressThatRefusesLeavesItToTheNext) {
    std::uint16_t gone_port = 0;
    {
        const testing::Listener gone;
        gone_port = gone.port();
    }
    const ScriptedServer server{testing::answer_all};
    name_addresses(dialer_, endpoint_, {gone_port, server.port()});
    pool({}, false);
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(outcome_of_request(), "completed ");
    EXPECT_EQ(server.connections(), 4);
    EXPECT_EQ(net_.ledger->open(), 0U);
}

TEST_F(DialerTest, AnAddressThatSaysNothingTakesItsShareOfTheTimeOnly) {
    const testing::FullListener silent;
    const ScriptedServer server{testing::answer_all};
    Dialer dialer{context_, net_, {400ms, {}}};
    name_addresses(dialer, endpoint_, {silent.port(), server.port()});
    pool_.emplace(dialer, 1, std::nullopt, false);
    report::StreamTimeline timeline;
    EXPECT_EQ(outcome_of_request(&timeline), "completed ");
    EXPECT_GE(*timeline.connected - *timeline.connect_start, 190ms);
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(DialerTest, NoAnswerFromTheOnlyAddressIsATimeout) {
    const testing::FullListener silent;
    Dialer dialer{context_, net_, {50ms, {}}};
    name_addresses(dialer, endpoint_, {silent.port()});
    pool_.emplace(dialer, 1, std::nullopt, false);
    EXPECT_THAT(outcome_of_request(), HasSubstr("timeout_connect"));
    EXPECT_EQ(net_.ledger->open(), 0U);
}

TEST_F(DialerTest, AnAbortEndsAConnectionThatIsUnderWay) {
    const testing::FullListener silent;
    name_addresses(dialer_, endpoint_, {silent.port()});
    pool();
    asio::post(context_, [&] { asio::post(context_, [&] { dialer_.abort(); }); });
    EXPECT_THAT(outcome_of_request(), HasSubstr("aborted"));
}

TEST_F(DialerTest, DialsFromEachSourceAddressInTurn) {
    std::mutex mutex;
    std::vector<std::string> peers;
    const ScriptedServer server{[&](int descriptor, int number) {
        {
            const std::scoped_lock lock{mutex};
            peers.push_back(peer_of(descriptor));
        }
        testing::answer_all(descriptor, number);
    }};
    endpoint_.port = server.port();
    Dialer dialer{context_, net_, {5s, {"127.0.0.2", "127.0.0.3"}}};
    pool_.emplace(dialer, 1, std::nullopt, false);
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(outcome_of_request(), "completed ");
    EXPECT_THAT(peers, UnorderedElementsAre("127.0.0.2", "127.0.0.2", "127.0.0.3", "127.0.0.3"));
}

TEST_F(DialerTest, SourceAddressesOfAnotherFamilyAreOurFault) {
    const ScriptedServer server{testing::answer_all};
    endpoint_.port = server.port();
    Dialer dialer{context_, net_, {5s, {"::1"}}};
    pool_.emplace(dialer, 1, std::nullopt, false);
    const auto outcome = outcome_of_request();
    EXPECT_THAT(outcome, HasSubstr("not_started"));
    EXPECT_THAT(outcome, HasSubstr("no address in `connections.source_addresses` is of its kind"));
}

TEST_F(DialerTest, AServerThatDemandsACertificateSaysSoInTheRequestsOutcome) {
    const testing::TestCertificate certificate;
    const auto context = certificate.server_context();
    certificate.demand_from_clients(context.get());
    const ScriptedServer server{[&](int descriptor, int) {
        const std::unique_ptr<SSL, void (*)(SSL*)> ssl{SSL_new(context.get()), SSL_free};
        SSL_set_fd(ssl.get(), descriptor);
        SSL_accept(ssl.get());
        std::array<char, 4096> rest{};  // closed with bytes unread, the alert might be lost to a reset
        while (recv(descriptor, rest.data(), rest.size(), 0) > 0) {
        }
    }};
    endpoint_.port = server.port();
    scenarios::TlsOptions options;
    options.insecure = true;
    endpoint_.tls = std::make_shared<const TlsContext>(options);
    pool();
    const auto outcome = outcome_of_request();
    EXPECT_THAT(outcome, HasSubstr("tls_failed"));
    EXPECT_THAT(outcome, HasSubstr("the server asks for a client certificate"));
}

}  // namespace
}  // namespace streamgauge::net
