#include "bench/simulator/server.h"

#include "tests/bench/simulator/raw_client.h"
#include "tests/bench/simulator/temporary_folder.h"
#include "tests/bench/simulator/tls_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

ServeOptions quick() {
    ServeOptions options;
    options.behaviour.ttft = Distribution::constant(2ms);
    options.behaviour.itl = Distribution::constant(1ms);
    options.behaviour.tokens = 5;
    return options;
}

std::string health_of(std::uint16_t port) {
    RawClient client{port};
    client.send("GET /health HTTP/1.1\r\nConnection: close\r\n\r\n");
    client.read_to_end();
    return client.text();
}

TEST(Server, BindsAFreePortOfTheLoopbackAndSaysWhere) {
    Server server{quick()};
    server.start();
    EXPECT_NE(server.port(), 0);
    EXPECT_EQ(server.url(), "http://127.0.0.1:" + std::to_string(server.port()));
    EXPECT_THAT(health_of(server.port()), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST(Server, TwoServersCannotShareAPort) {
    Server first{quick()};
    first.start();
    for (const unsigned threads : {1u, 2u}) {
        auto options = quick();
        options.port = first.port();
        options.threads = threads;
        Server second{options};
        EXPECT_THROW(second.start(), std::runtime_error);
    }
}

TEST(Server, AllThreadsServeTheSamePort) {
    auto options = quick();
    options.threads = 3;
    Server server{options};
    server.start();
    for (int client = 0; client < 30; ++client)
        EXPECT_THAT(health_of(server.port()), StartsWith("HTTP/1.1 200"));
    EXPECT_EQ(server.statistics().connections, 30u);
}

TEST(Server, StopDropsItsConnections) {
    Server server{quick()};
    server.start();
    RawClient client{server.port()};
    client.send(chat(R"("fault":"never_answer")"));
    RawClient other{server.port()};
    other.send("GET /health HTTP/1.1\r\n\r\n");
    ASSERT_TRUE(other.read_until("ok"));
    server.stop();
    EXPECT_NE(client.read_to_end(), End::open);
    EXPECT_NE(other.read_to_end(), End::open);
}

TEST(Server, StartSaysWhatCannotBe) {
    auto options = quick();
    options.address = "localhost";
    EXPECT_THROW(Server{options}.start(), std::runtime_error);
    options = quick();
    options.tls_certificate = "only-one.pem";
    EXPECT_THROW(Server{options}.start(), std::runtime_error);
    options = quick();
    options.threads = 0;
    EXPECT_THROW(Server{options}.start(), std::runtime_error);
}

TEST(Server, ServesTlsThatItsAuthorityVouchesFor) {
    const TemporaryFolder folder;
    auto options = quick();
    options.tls_self_signed_folder = folder.path();
    Server server{options};
    server.start();
    EXPECT_THAT(server.url(), StartsWith("https://127.0.0.1:"));
    for (const char* name : {"localhost", "127.0.0.1"}) {
        const auto exchange = exchange_over_tls(server.port(), folder.path() + "/ca.pem", name,
                                                chat(R"("stamps":true)", "Connection: close\r\n"));
        EXPECT_TRUE(exchange.trusted) << exchange.error;
        EXPECT_EQ(exchange.protocol, "http/1.1");
        const auto parts = take_apart(exchange.answer);
        EXPECT_EQ(contents_of(parts.body).size(), 5u);
        EXPECT_TRUE(parts.has_last_chunk);
    }
    EXPECT_FALSE(exchange_over_tls(server.port(), folder.path() + "/ca.pem", "example.com", "").trusted);
}

TEST(Server, KernelArrivalIsStampedUnderTlsToo) {
    const TemporaryFolder folder;
    auto options = quick();
    options.tls_self_signed_folder = folder.path();
    Server server{options};
    server.start();
    const auto before = monotonic_ns(std::chrono::steady_clock::now());
    const auto exchange = exchange_over_tls(server.port(), folder.path() + "/ca.pem", "localhost",
                                            chat(R"("stamps":true)", "Connection: close\r\n"));
    const auto received = number_after(exchange.answer, "received_ns");
    const auto sent = number_after(exchange.answer, "sent_ns");
    ASSERT_TRUE(received && sent);
    EXPECT_GT(*received, before);
    EXPECT_GE(*sent - *received, 2'000'000);
}

TEST(Server, CountsWhatItDoes) {
    Server server{quick()};
    server.start();
    RawClient client{server.port()};
    client.send(chat(""));
    ASSERT_TRUE(client.read_until("0\r\n\r\n"));
    client.clear();
    client.send("GET /stats HTTP/1.1\r\n\r\n");
    ASSERT_TRUE(client.read_until("}}"));
    EXPECT_EQ(number_after(client.text(), "streams"), 1);
    EXPECT_EQ(number_after(client.text(), "streams_open"), 0);
    EXPECT_EQ(number_after(client.text(), "events"), 5);
    EXPECT_EQ(number_after(client.text(), "requests"), 2);
    EXPECT_GT(number_after(client.text(), "max"), 0);
    client.clear();
    client.send(post("/stats/reset", "") + "GET /stats HTTP/1.1\r\n\r\n");
    ASSERT_TRUE(client.read_until("}}"));
    EXPECT_EQ(number_after(client.text(), "events"), 0);
}

}  // namespace
}  // namespace streamgauge::simulator
