#include "bench/net/exchange.h"

#include "bench/net/connection_pool.h"
#include "bench/net/dialer.h"
#include "tests/bench/net/scripted_server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <functional>

namespace streamgauge::net {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using report::Outcome;
using testing::ScriptedServer;

const std::string event = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";
const std::string stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " +
                           std::to_string(event.size() + 14) + "\r\n\r\n" + event + "data: [DONE]\n\n";

/// Answers every request of a connection with one token.
void answer_all(int descriptor, int) {
    while (!ScriptedServer::read_request(descriptor).empty())
        testing::write_all(descriptor, stream);
}

class ExchangeTest : public ::testing::Test {
  protected:
    ExchangeTest() {
        endpoint_.host = "127.0.0.1";
        endpoint_.server_name = "localhost";
        endpoint_.dialect = api::make_dialect("openai-chat");
        endpoint_.request = std::make_unique<RequestTemplate>(scenarios::Target{}, *endpoint_.dialect, true);
        net_.sockets.start();
    }

    ConnectionPool& pool(std::optional<std::uint64_t> most = {}, bool reuse = true) {
        return pool_.emplace(dialer_, 1, most, reuse);
    }

    /// One request over the pool, as a worker makes it.
    asio::awaitable<void> request(Exchange& exchange) {
        auto lease = co_await pool_->acquire(endpoint_, exchange.timeline, false);
        if (!lease.connection) {
            exchange.timeline.outcome = lease.outcome;
            exchange.timeline.detail = lease.detail;
            co_return;
        }
        const std::string bytes = endpoint_.request->fill("id", "{}");
        const bool reusable = co_await exchange.run(*lease.connection, endpoint_, bytes);
        pool_->give_back(std::move(lease.connection), reusable);
    }

    void run(std::function<asio::awaitable<void>()> what) {
        bool done = false;
        asio::co_spawn(context_, std::move(what), [&done](std::exception_ptr error) {
            done = true;
            if (error) std::rethrow_exception(error);
        });
        const auto give_up = std::chrono::steady_clock::now() + 20s;
        while (!done && std::chrono::steady_clock::now() < give_up) {
            net_.idle.waiting(WorkerClock::now());
            context_.run_one_for(10ms);
            net_.watchdog.sweep(WorkerClock::now());
        }
        ASSERT_TRUE(done) << "the exchange never ended";
    }

    asio::io_context context_{1};
    WorkerNet net_{context_};
    scenarios::Timeouts timeouts_;
    Dialer dialer_{context_, net_, 5s};
    std::optional<ConnectionPool> pool_;
    Endpoint endpoint_;
};

TEST_F(ExchangeTest, SendsARequestAndRecordsTheStream) {
    const ScriptedServer server{answer_all};
    endpoint_.port = server.port();
    pool();
    Exchange exchange{net_, timeouts_};
    run([&] { return request(exchange); });
    const auto& timeline = exchange.timeline;
    EXPECT_EQ(timeline.outcome, Outcome::completed) << timeline.detail;
    EXPECT_EQ(timeline.tokens.size(), 1U);
    EXPECT_TRUE(timeline.new_connection);
    EXPECT_LE(*timeline.connect_start, *timeline.connected);
    EXPECT_LE(*timeline.connected, *timeline.sent);
    EXPECT_LE(*timeline.sent, *timeline.send_done);
    EXPECT_LE(*timeline.sent, timeline.arrival(0));
    EXPECT_EQ(net_.token_events.load(), 1U);
    pool_->abort();
}

TEST_F(ExchangeTest, UsesAConnectionAgain) {
    const ScriptedServer server{answer_all};
    endpoint_.port = server.port();
    pool();
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    run([&] { return request(first); });
    run([&] { return request(second); });
    EXPECT_EQ(second.timeline.outcome, Outcome::completed);
    EXPECT_FALSE(second.timeline.new_connection);
    EXPECT_FALSE(second.timeline.connect_start);
    EXPECT_EQ(server.connections(), 1);
    pool_->abort();
}

TEST_F(ExchangeTest, WithoutReuseEachRequestConnects) {
    const ScriptedServer server{answer_all};
    endpoint_.port = server.port();
    pool({}, false);
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    run([&] { return request(first); });
    run([&] { return request(second); });
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(ExchangeTest, NoticesAKeptConnectionThatTheServerClosed) {
    const ScriptedServer server{[](int descriptor, int) {
        ScriptedServer::read_request(descriptor);
        testing::write_all(descriptor, stream);
        ScriptedServer::read_request(descriptor);  // and closes instead of answering
    }};
    endpoint_.port = server.port();
    pool();
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    run([&] { return request(first); });
    run([&] { return request(second); });
    EXPECT_EQ(second.timeline.outcome, Outcome::reset);
    EXPECT_TRUE(second.was_stale());
    EXPECT_FALSE(first.was_stale());
}

TEST_F(ExchangeTest, ACapMakesRequestsWaitAndSaysHowLong) {
    const ScriptedServer server{answer_all};
    endpoint_.port = server.port();
    pool(1);
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    asio::co_spawn(context_, request(first), asio::detached);
    run([&] { return request(second); });
    EXPECT_EQ(first.timeline.outcome, Outcome::completed);
    EXPECT_EQ(second.timeline.outcome, Outcome::completed);
    EXPECT_GT(second.timeline.connection_wait, 0ns);
    EXPECT_EQ(server.connections(), 1);
    pool_->abort();
}

TEST_F(ExchangeTest, ARefusedPortIsNamed) {
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

TEST_F(ExchangeTest, ANameThatDoesNotResolveIsNamed) {
    endpoint_.host = "nowhere.invalid";
    endpoint_.port = 80;
    pool();
    Exchange exchange{net_, timeouts_};
    run([&] { return request(exchange); });
    EXPECT_EQ(exchange.timeline.outcome, Outcome::resolve_failed) << exchange.timeline.detail;
    EXPECT_NE(exchange.timeline.detail.find("`nowhere.invalid`"), std::string::npos);
}

TEST_F(ExchangeTest, APortThatSpeaksNoTlsIsATlsFailure) {
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

TEST_F(ExchangeTest, AServerThatNeverShakesHandsTimesOut) {
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

TEST_F(ExchangeTest, AnAbortEndsWhatIsOpen) {
    const ScriptedServer server{[](int descriptor, int) {
        ScriptedServer::read_request(descriptor);
        ScriptedServer::read_request(descriptor);
    }};
    endpoint_.port = server.port();
    pool();
    Exchange exchange{net_, timeouts_};
    net_.watchdog.sweep(WorkerClock::now());
    run([&]() -> asio::awaitable<void> {
        asio::post(context_, [&] {});
        auto lease = co_await pool_->acquire(endpoint_, exchange.timeline, false);
        asio::post(context_, [&] { exchange.end(Outcome::aborted, "the run ended"); });
        co_await exchange.run(*lease.connection, endpoint_, endpoint_.request->fill("id", "{}"));
        pool_->give_back(std::move(lease.connection), false);
    });
    EXPECT_EQ(exchange.timeline.outcome, Outcome::aborted);
}

}  // namespace
}  // namespace streamgauge::net
