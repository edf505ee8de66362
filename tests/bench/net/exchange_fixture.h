#pragma once

#include "bench/net/connection_pool.h"
#include "bench/net/dialer.h"
#include "bench/net/exchange.h"
#include "bench/net/one_shot.h"
#include "tests/bench/net/scripted_server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>

namespace streamgauge::net::testing {

inline const std::string event = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";
inline const std::string stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " +
                                  std::to_string(event.size() + 14) + "\r\n\r\n" + event + "data: [DONE]\n\n";

/// Answers every request of a connection with one token.
inline void answer_all(int descriptor, int) {
    while (!ScriptedServer::read_request(descriptor).empty())
        write_all(descriptor, stream);
}

/// A worker's network without the worker: what a test needs to make requests over a pool of real connections.
class ExchangeFixture : public ::testing::Test {
  protected:
    ExchangeFixture() {
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
    boost::asio::awaitable<void> request(Exchange& exchange) {
        auto lease = co_await pool_->acquire(endpoint_, exchange.timeline, false);
        if (!lease.connection) {
            exchange.timeline.outcome = lease.outcome;
            exchange.timeline.detail = lease.detail;
            co_return;
        }
        co_await talk(exchange, *lease.connection);
        pool_->give_back(std::move(lease.connection), exchange.reusable());
    }

    /// One request on a connection in hand, to the end of its stream.
    boost::asio::awaitable<void> talk(Exchange& exchange, Connection& connection) {
        struct Ending final : ExchangeObserver {
            OneShot over;
            void on_over() override { over.fire(); }
        } ending;
        exchange.start(connection, endpoint_, endpoint_.request->fill("id", "{}"), ending);
        co_await ending.over.wait();
    }

    void run(std::function<boost::asio::awaitable<void>()> what) {
        bool done = false;
        boost::asio::co_spawn(context_, std::move(what), [&done](std::exception_ptr error) {
            done = true;
            if (error) std::rethrow_exception(error);
        });
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!done && std::chrono::steady_clock::now() < give_up) {
            net_.idle.waiting(WorkerClock::now());
            context_.run_one_for(std::chrono::milliseconds{10});
            net_.watchdog.sweep(WorkerClock::now());
        }
        ASSERT_TRUE(done) << "the exchange never ended";
    }

    boost::asio::io_context context_{1};
    WorkerNet net_{context_};
    scenarios::Timeouts timeouts_;
    Dialer dialer_{context_, net_, {std::chrono::seconds{5}, {}}};
    std::optional<ConnectionPool> pool_;
    Endpoint endpoint_;
};

}  // namespace streamgauge::net::testing
