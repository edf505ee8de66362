#include "bench/net/connection_pool.h"

#include "tests/bench/net/exchange_fixture.h"

#include <gtest/gtest.h>

namespace streamgauge::net {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using report::Outcome;
using testing::answer_all;
using testing::ScriptedServer;
using testing::stream;

class ConnectionPoolTest : public testing::ExchangeFixture {};

TEST_F(ConnectionPoolTest, UsesAConnectionAgain) {
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

TEST_F(ConnectionPoolTest, WithoutReuseEachRequestConnects) {
    const ScriptedServer server{answer_all};
    endpoint_.port = server.port();
    pool({}, false);
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    run([&] { return request(first); });
    run([&] { return request(second); });
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(ConnectionPoolTest, ACapMakesRequestsWaitAndSaysHowLong) {
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

TEST_F(ConnectionPoolTest, NewConnectionsArePacedAndSayHowLongTheyWaited) {
    const ScriptedServer server{answer_all};
    endpoint_.port = server.port();
    pool_.emplace(dialer_, 1, std::nullopt, false, 50.0);
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    Exchange third{net_, timeouts_};
    asio::co_spawn(context_, request(first), asio::detached);
    asio::co_spawn(context_, request(second), asio::detached);
    run([&] { return request(third); });
    EXPECT_EQ(first.timeline.connection_wait, 0ns);
    EXPECT_GE(second.timeline.connection_wait, 15ms);
    EXPECT_GE(third.timeline.connection_wait, 35ms);
    EXPECT_LE(third.timeline.connection_wait, *third.timeline.connect_start - *first.timeline.connect_start)
        << "connecting itself is no wait";
    EXPECT_EQ(third.timeline.outcome, Outcome::completed);
    EXPECT_EQ(net_.ledger->paced_waits().count, 2U);
    EXPECT_EQ(server.connections(), 3);
}

TEST_F(ConnectionPoolTest, WhoWaitsForATurnTakesAConnectionThatIsIdleByThen) {
    const ScriptedServer server{answer_all};
    endpoint_.port = server.port();
    pool_.emplace(dialer_, 1, std::nullopt, true, 5.0);
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    asio::co_spawn(context_, request(first), asio::detached);
    run([&] { return request(second); });
    EXPECT_EQ(second.timeline.outcome, Outcome::completed);
    EXPECT_FALSE(second.timeline.new_connection);
    EXPECT_EQ(server.connections(), 1);
    pool_->abort();
}

TEST_F(ConnectionPoolTest, AnAbortDoesNotWaitForTurns) {
    const ScriptedServer server{answer_all};
    endpoint_.port = server.port();
    pool_.emplace(dialer_, 1, std::nullopt, false, 0.001);
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    run([&] { return request(first); });
    asio::post(context_, [&] { asio::post(context_, [&] { pool_->abort(); }); });
    run([&] { return request(second); });
    EXPECT_EQ(second.timeline.outcome, Outcome::not_started);
}

TEST_F(ConnectionPoolTest, AnIdleConnectionThatSpeaksUnaskedIsDropped) {
    const ScriptedServer server{[](int descriptor, int number) {
        ScriptedServer::read_request(descriptor);
        testing::write_all(descriptor,
                           number == 0 ? stream + "HTTP/1.1 408 Request Timeout\r\n\r\n" : stream);
        ScriptedServer::read_request(descriptor);
    }};
    endpoint_.port = server.port();
    pool();
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    run([&] { return request(first); });
    run([&] { return request(second); });
    EXPECT_EQ(second.timeline.outcome, Outcome::completed) << second.timeline.detail;
    EXPECT_EQ(server.connections(), 2) << "what came unasked must not pass for the next answer";
    pool_->abort();
}

TEST_F(ConnectionPoolTest, AnAbortLetsThoseWhoWaitGoWithoutAConnection) {
    const ScriptedServer server{[](int descriptor, int) { ScriptedServer::read_request(descriptor); }};
    endpoint_.port = server.port();
    pool(1);
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    bool first_is_over = false;
    asio::co_spawn(context_, request(first), [&](std::exception_ptr) { first_is_over = true; });
    asio::post(context_, [&] { pool_->abort(); });
    run([&]() -> asio::awaitable<void> {
        co_await request(second);
        while (!first_is_over)
            co_await asio::post(context_, asio::use_awaitable);
    });
    EXPECT_EQ(second.timeline.outcome, Outcome::not_started);
    EXPECT_EQ(first.timeline.outcome, Outcome::reset);
}

}  // namespace
}  // namespace streamgauge::net
